import {
  type AccessKeyPair,
  HeartbeatAnswer,
  licenseOpenApi,
  OrderQueryAnswer,
  orderQueryApi,
  signAksk,
} from '@koobridge/contracts';
import type * as z from 'zod';

/** The store's open APIs, as far as the server asks them. Every failure is a value. */
export interface StoreClient {
  heartbeat(license: string): Promise<StoreAnswer<z.output<typeof HeartbeatAnswer>>>;
  queryOrder(orderId: string, orderLineId: string): Promise<StoreAnswer<z.output<typeof OrderQueryAnswer>>>;
}

export type StoreAnswer<T> = { readonly ok: true; readonly body: T } | { readonly ok: false; readonly problem: string };

const answerLimit = 1024 * 1024;

export interface StoreClientNeed {
  readonly url: string;
  readonly key: AccessKeyPair;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The longest a call may take, in milliseconds. */
  readonly limitMs: number;
  /** Ends the calls under way. */
  readonly stopping: AbortSignal;
}

/** A client that signs with AK/SK. */
export function storeClient({ url, key, now, limitMs, stopping }: StoreClientNeed): StoreClient {
  const call = async <S extends z.ZodType>(
    method: string,
    target: string,
    body: string,
    schema: S,
  ): Promise<StoreAnswer<z.output<S>>> => {
    const address = new URL(target, url);
    const headers = signAksk(
      { method, target, headers: { Host: address.host, 'Content-Type': 'application/json' }, body },
      key,
      now(),
    );
    try {
      const response = await fetch(address, {
        method,
        headers,
        redirect: 'error',
        signal: AbortSignal.any([stopping, AbortSignal.timeout(limitMs)]),
        ...(method === 'GET' ? {} : { body }),
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        return { ok: false, problem: `the store answered HTTP ${response.status}` };
      }
      const parsed = schema.safeParse(await limitedJson(response));
      if (!parsed.success) return { ok: false, problem: 'the store’s answer is not as documented' };
      return { ok: true, body: parsed.data };
    } catch (error) {
      return { ok: false, problem: `the store could not be asked: ${reasonOf(error)}` };
    }
  };
  return {
    heartbeat: (license) => call('POST', licenseOpenApi.heartbeat.path, JSON.stringify({ license }), HeartbeatAnswer),
    queryOrder: (orderId, orderLineId) =>
      call(
        'GET',
        `${orderQueryApi.orderQuery.path}?${new URLSearchParams({ orderId, orderLineId })}`,
        '',
        OrderQueryAnswer,
      ),
  };
}

/** fetch says only that it failed; why, stands in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

async function limitedJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > answerLimit) throw new Error(`its answer is larger than ${answerLimit} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}
