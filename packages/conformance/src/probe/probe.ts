import { seen } from '../flow/words.ts';
import type { Limits } from '../http/exchange.ts';
import type { Client } from '../http/send.ts';
import { type Text, text } from '../text.ts';

/**
 * What a seller may offer so that effects can be seen: `GET {probe}/licenses/{code}` and `GET {probe}/instances/{id}`
 * answer 200 with `{"status":"ACTIVE"|"FROZEN"|"RELEASED","expiresAt":"…"|null}` (ISO 8601), or 404 for what is not
 * there. The token, if one is given, travels as a bearer token. Further members are ignored.
 */
export interface ProbeAddress {
  readonly url: string;
  readonly token: string | undefined;
}

export type SubjectKind = 'licenses' | 'instances';

export interface SubjectState {
  readonly status: 'ACTIVE' | 'FROZEN' | 'RELEASED';
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | null;
}

export type ProbeReading =
  | { readonly ok: true; readonly state: SubjectState | undefined }
  | { readonly ok: false; readonly problem: Text };

/** Asks for the state of one subject; `undefined` for one that is not there. */
export async function askProbe(
  client: Client,
  { url, token }: ProbeAddress,
  kind: SubjectKind,
  id: string,
  limits: Limits,
): Promise<ProbeReading> {
  const exchange = await client.send(
    {
      method: 'GET',
      url: `${url.replace(/\/$/, '')}/${kind}/${encodeURIComponent(id)}`,
      headers: token === undefined ? [] : [['Authorization', `Bearer ${token}`]],
      body: new Uint8Array(),
    },
    limits,
  );
  if (exchange.kind === 'answered') {
    if (exchange.answer.status === 404) return { ok: true, state: undefined };
    const state = exchange.answer.status === 200 ? readState(exchange.answer.json ?? {}) : undefined;
    if (state !== undefined) return { ok: true, state };
  }
  const { en, zh } = seen(exchange);
  return {
    ok: false,
    problem: text(`the state probe does not answer as its contract says: ${en}`, `状态探针的应答不符合约定：${zh}`),
  };
}

function readState({ status, expiresAt }: Readonly<Record<string, unknown>>): SubjectState | undefined {
  if (status !== 'ACTIVE' && status !== 'FROZEN' && status !== 'RELEASED') return undefined;
  if (expiresAt === null) return { status, expiresAt };
  const moment = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Number.NaN;
  return Number.isNaN(moment) ? undefined : { status, expiresAt: moment };
}
