import { Deviation } from '../../flow/endings.ts';
import type { Flow } from '../../flow/flow.ts';
import type { ReceivedAnswer } from '../../http/answer.ts';
import { purchase } from '../../messages/saas.ts';
import { literal, text } from '../../text.ts';

/** The id of an instance that the server has just made; the case is blocked where it makes none. */
export async function instance(flow: Flow): Promise<string> {
  const answer = await flow.send(purchase(flow.names)).given();
  return String(answer.json?.['instanceId']);
}

/** The `instanceId` of an answer; a deviation where there is none that the store could keep. */
export function instanceIdIn({ json }: ReceivedAnswer): string {
  const id = json?.['instanceId'];
  if (typeof id === 'string' && id.length >= 1 && id.length <= 64) return id;
  throw new Deviation(
    text('an instanceId of 1 to 64 characters', '1 至 64 个字符的 instanceId'),
    id === undefined ? text('no instanceId', '没有 instanceId') : literal(JSON.stringify(id)),
  );
}

/** The instances that an answer of `queryInstance` tells of, by id. */
export function infoIn({ json }: ReceivedAnswer): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const info = json?.['info'];
  const entries: unknown[] = Array.isArray(info) ? info : [];
  return new Map(entries.flatMap((entry) => (isObject(entry) ? [[String(entry['instanceId']), entry] as const] : [])));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
