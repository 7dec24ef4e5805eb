import { sdkDate, signAksk, signUsagePush, usagePushApi } from '@koobridge/contracts';
import { accessKey, ok, type RunningMarket } from '../running-market.ts';
import type { OpenApiAnswer } from '../signed-call.ts';
import { sellerKeys } from '../stub-seller.ts';

export const hour = 3_600_000;

export const baseSecret = sellerKeys.base[0]?.secret ?? '';

/** How a push departs from a correct one. */
export interface Departure {
  readonly accessKey?: string;
  readonly ts?: number;
  readonly nonce?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of what was signed. */
  readonly sent?: string;
}

/** Pushes by the new interface, signed with the key of the base interfaces. */
export async function push(
  market: RunningMarket,
  body: unknown,
  { accessKey: key = baseSecret, ts = Date.now(), nonce = crypto.randomUUID(), headers = {}, sent }: Departure = {},
): Promise<OpenApiAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const token = signUsagePush({ accessKey: key, body: text, ts, nonce });
  return post(
    market,
    usagePushApi.usagePush.path,
    { 'Content-Type': 'application/json', ...token, ...headers },
    sent ?? text,
  );
}

/** Pushes by the old interface, signed with AK/SK. */
export async function pushOld(market: RunningMarket, body: unknown, key = accessKey): Promise<OpenApiAnswer> {
  const text = JSON.stringify(body);
  const target = usagePushApi.usagePushOld.path;
  const headers = { 'Content-Type': 'application/json', Host: new URL(market.url).host };
  return post(market, target, signAksk({ method: 'POST', target, headers, body: text }, key, Date.now()), text);
}

async function post(
  market: RunningMarket,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<OpenApiAnswer> {
  const response = await fetch(`${market.url}${path}`, { method: 'POST', headers, body });
  const answer: Readonly<Record<string, unknown>> = Object(await response.json());
  return { status: response.status, headers: response.headers, body: answer };
}

export const nowOf = async (market: RunningMarket): Promise<number> => Date.parse(ok(await market.control.clock()).now);

/** A record of the hour that ends `ago` hours before the life-cycle clock's now. */
export async function hourly(market: RunningMarket, instance_id: string, ago = 0, more: object = {}) {
  const end = (await nowOf(market)) - ago * hour;
  return {
    instance_id,
    record_time: sdkDate(end),
    begin_time: sdkDate(end - hour),
    end_time: sdkDate(end),
    usage_value: '1.5',
    metering_sn: crypto.randomUUID(),
    ...more,
  };
}

/** Runs the job, and tells state and codes of each record of an instance. */
export async function judged(market: RunningMarket, instanceId: string): Promise<[string, ...string[]][]> {
  ok(await market.control.validateUsageRecords({ body: {} }));
  const records = ok(await market.control.usageRecords({ query: { instanceId } }));
  return records.map(({ state, codes }) => [state, ...codes.map(({ code }) => code)]);
}
