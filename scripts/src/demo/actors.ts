import { HeartbeatAnswer, licenseOpenApi, OpenApiResult, signAksk } from '@koobridge/contracts';
import * as z from 'zod';

/** The two servers of a demo, and what is needed to play both sides. */
export interface Stage {
  readonly serverUrl: string;
  readonly marketUrl: string;
  readonly adminToken: string;
  readonly ak: string;
  readonly sk: string;
}

const Message = z.object({
  activity: z.string(),
  command: z.string().nullable(),
  orderId: z.string().nullable(),
  status: z.string(),
  attempts: z.array(
    z.object({
      answer: z.object({ status: z.number() }).nullable(),
      verdict: z.object({ resultCode: z.string().nullable(), reason: z.string().nullable() }).nullable(),
      durationMs: z.number().nullable(),
    }),
  ),
});
export type Message = z.output<typeof Message>;

/** What either side says of a license. */
const State = z.object({ status: z.string(), expiresAt: z.string().nullable() });
const SellerState = State.extend({ expiryConfirmed: z.boolean() });

/** The buyer, the seller and time itself, through the marketplace's control API. */
export function marketplace({ marketUrl }: Stage) {
  const call = async <S extends z.ZodType>(schema: S, path: string, body?: object): Promise<z.output<S>> => {
    const init = body && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    };
    const response = await fetch(new URL(`/control${path}`, marketUrl), init);
    const text = await response.text();
    if (!response.ok) throw new Error(`the marketplace answered ${response.status} to ${path}: ${text}`);
    return schema.parse(JSON.parse(text));
  };
  const Placed = z.object({ orderId: z.string() });
  return {
    buy: (product: string) => call(Placed.extend({ license: z.string() }), '/orders', { product, customerLevel: 'V0' }),
    claim: (code: string) => call(State, `/licenses/${code}/claim`, {}),
    renew: (code: string) => call(Placed, `/licenses/${code}/renew`, {}),
    cancelRenewal: (code: string) => call(Placed, `/licenses/${code}/cancel-renewal`, {}),
    unsubscribe: (code: string) => call(Placed, `/licenses/${code}/unsubscribe`, { approval: 'manual' }),
    approve: (orderId: string) => call(z.object({ status: z.string() }), `/orders/${orderId}/approve`, {}),
    license: (code: string) => call(State, `/licenses/${code}`),
    moveClock: (to: string) => call(z.object({ now: z.string() }), '/clock', { to }),
    now: async () => (await call(z.object({ now: z.string() }), '/clock')).now,
    messages: (code: string) => call(z.array(Message), `/messages?license=${code}`),
  };
}

/** What the seller's software asks the store, signed with AK/SK. */
export function openApi({ marketUrl, ak, sk }: Stage) {
  const post = async <S extends z.ZodType>(schema: S, target: string, message: object): Promise<z.output<S>> => {
    const body = JSON.stringify(message);
    const headers = { Host: new URL(marketUrl).host, 'Content-Type': 'application/json' };
    const signed = signAksk({ method: 'POST', target, headers, body }, { ak, sk }, Date.now());
    const response = await fetch(new URL(target, marketUrl), { method: 'POST', headers: signed, body });
    return schema.parse(await response.json());
  };
  return {
    activate: (license: string) => post(OpenApiResult, licenseOpenApi.activate.path, { license }),
    query: (license: string) => post(HeartbeatAnswer, licenseOpenApi.heartbeat.path, { license }),
  };
}

/** What the seller's server knows of a license; undefined when it has never heard of it. */
export async function sellersView({ serverUrl, adminToken }: Stage, code: string) {
  const response = await fetch(new URL(`/admin/licenses/${code}`, serverUrl), {
    headers: { Authorization: `Bearer ${adminToken}` },
  });
  if (response.status === 404) return undefined;
  return SellerState.parse(await response.json());
}
