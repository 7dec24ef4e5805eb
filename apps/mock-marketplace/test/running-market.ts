import { initClient } from '@ts-rest/core';
import { onTestFinished } from 'vitest';
import { controlContract } from '../src/control/contract.ts';
import { startServing } from '../src/serving.ts';
import { readSettings } from '../src/settings.ts';
import { type StubSeller, sellerKeys, startSeller } from './stub-seller.ts';

export const accessKey = { ak: 'SELLERACCESSKEY', sk: 'seller-secret-key' };

export interface RunningMarket {
  readonly url: string;
  readonly seller: StubSeller;
  readonly control: ReturnType<typeof controlClient>;
  /** Unexpected failures; none, unless a test provokes one. */
  readonly failures: readonly unknown[];
  stop(): Promise<void>;
}

export const controlClient = (url: string) => initClient(controlContract, { baseUrl: url, baseHeaders: {} });

/** A marketplace on a free port with an empty state in memory, and a seller's server; both end with the test. */
export async function startMarket(
  variables: Readonly<Record<string, string>> = {},
  seller?: StubSeller,
): Promise<RunningMarket> {
  const its = seller ?? (await startSeller());
  const reading = readSettings({
    PORT: '0',
    DATABASE_URL: 'sqlite::memory:',
    KOOBRIDGE_KEYS: JSON.stringify({
      ...sellerKeys,
      license: [...sellerKeys.license, { id: 'license-2', secret: 'the-next-key' }],
    }),
    PRODUCTION_ADDRESS: its.address,
    SELLER_AK: accessKey.ak,
    SELLER_SK: accessKey.sk,
    OUTPUT: 'none',
    ...variables,
  });
  if (!reading.ok) throw new Error(reading.errors.join('\n'));
  const failures: unknown[] = [];
  const serving = await startServing(reading.settings, process.stdout, (error) => failures.push(error));
  serving.resume();
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= serving.stop();
    return stopped;
  };
  onTestFinished(async () => {
    await stop();
    if (seller === undefined) await its.close();
  });
  return { url: serving.url, seller: its, control: controlClient(serving.url), failures, stop };
}

type Answered = { readonly status: number; readonly body: unknown };

/** The body of an answer that must be 200. */
export function ok<A extends Answered>(answer: A): Extract<A, { status: 200 }>['body'] {
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as Extract<A, { status: 200 }>['body']; // its status is 200
}

/** Buys a code. */
export async function bought(market: RunningMarket, product = 'license-yearly', customerLevel: 'V0' | 'V5' = 'V0') {
  const { license = '', ...rest } = ok(await market.control.buy({ body: { product, customerLevel } }));
  return { license, ...rest };
}

/** Buys an instance, which the seller's server has made or not. */
export async function ordered(
  market: RunningMarket,
  body: Omit<Parameters<RunningMarket['control']['buy']>[0]['body'], 'product'> & { product?: string } = {},
) {
  const order = ok(await market.control.buy({ body: { product: 'saas-yearly', ...body } }));
  return { ...order, id: order.instanceId ?? order.subscription };
}

export const instanceOf = async (market: RunningMarket, id: string) =>
  ok(await market.control.instance({ params: { id } }));

export const advance = async (market: RunningMarket, duration: string): Promise<void> => {
  ok(await market.control.moveClock({ body: { advance: duration } }));
};

/** A code that has an end, as all seeded ones have. */
export async function licenseOf(market: RunningMarket, code: string) {
  const license = ok(await market.control.license({ params: { code } }));
  return { ...license, expiresAt: license.expiresAt ?? 'never' };
}

export const messagesOf = async (market: RunningMarket, code: string) =>
  ok(await market.control.messages({ query: { license: code } }));
