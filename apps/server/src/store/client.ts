import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AbnormalUsageData,
  type AccessKeyPair,
  HeartbeatAnswer,
  licenseOpenApi,
  OpenApiResult,
  type OrderInfo,
  OrderQueryAnswer,
  orderQueryApi,
  orderQuerySuccess,
  signAksk,
  UsagePushAnswer,
} from '@koobridge/contracts';
import * as z from 'zod';
import type { OnlineLicense } from '../handlers/handlers.ts';
import { isAnswer, limitedJson } from './limited-json.ts';
import { uploadRequest, uploadSuccess } from './upload.ts';
import { abnormalRecords, type UsagePush, usagePushRequest, usagePushSuccess } from './usage-push.ts';

/** The store's open APIs, as far as the server calls them. Every failure is a value. A `signal` ends a call early. */
export interface StoreClient {
  heartbeat(license: string): Promise<StoreAnswer<{ body: z.output<typeof HeartbeatAnswer> }>>;
  /** Without a line (V1 has none) the whole order is asked for. */
  queryOrder(orderId: string, orderLineId: string, signal?: AbortSignal): Promise<StoreAnswer<{ order: OrderInfo }>>;
  /** Hands over the License that answers an application. */
  upload(eventId: string, license: OnlineLicense, signal?: AbortSignal): Promise<StoreAnswer<object>>;
  /** Reports usage; records that the store took and found faulty are `abnormal`. */
  pushUsage(push: UsagePush): Promise<StoreAnswer<UsagePushed>>;
}

export type StoreAnswer<T> = ({ readonly ok: true } & T) | StoreFailure;

export interface StoreFailure {
  readonly ok: false;
  readonly problem: string;
  /** What the store, or the gateway in front of it, gave as the reason; absent where it gave none. */
  readonly refusal?: StoreRefusal;
}

/** A failure in one sentence, with the reason the store or its gateway gave. */
export const sentenceOf = ({ problem, refusal }: StoreFailure): string =>
  refusal === undefined || problem.includes(refusal.code) ? problem : `${problem}: ${refusal.code} ${refusal.message}`;

export interface StoreRefusal {
  readonly code: string;
  readonly message: string;
}

export interface UsagePushed extends StoreRefusal {
  readonly abnormal: z.output<typeof AbnormalUsageData>[];
}

export interface StoreClientNeed {
  readonly url: string;
  /** Asked where `url` cannot be reached or fails. */
  readonly fallbackUrl?: string | undefined;
  readonly key: AccessKeyPair;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 0 up to 1, spreads the repeats. */
  readonly random: () => number;
  /** The longest a call may take with its repeat, in milliseconds. */
  readonly limitMs: number;
  /** Ends the calls under way. */
  readonly stopping: AbortSignal;
}

export interface StoreRequest {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly contentType: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** Headers that sign in another way besides, made for each attempt. */
  readonly sign?: () => Readonly<Record<string, string>>;
  /** Codes that would come again: not repeated, whatever the status they come with. */
  readonly settled?: ReadonlySet<string>;
}

/** The pause before a repeat, in milliseconds; half of it is left to chance. */
const repeatPauseMs = 400;

/** A client that signs with AK/SK. A call that fails on its way, or with a 5xx, is repeated once, at the fallback host where there is one. */
export function storeClient({ url, fallbackUrl, key, now, random, limitMs, stopping }: StoreClientNeed): StoreClient {
  const once = async (host: string, request: StoreRequest, signal: AbortSignal): Promise<Attempt> => {
    const { method, target, contentType, body, sign, settled } = request;
    const address = new URL(target, host);
    const given = { ...sign?.(), Host: address.host, 'Content-Type': contentType };
    const headers = signAksk({ method, target, headers: given, body }, key, now());
    try {
      const response = await fetch(address, {
        method,
        headers,
        redirect: 'error',
        signal,
        ...(method === 'GET' ? {} : { body }),
      });
      if (response.status === 200) return { ok: true, value: await limitedJson(response) };
      const problem = `the store answered HTTP ${response.status}`;
      const refusal = await refusalIn(response);
      if (refusal === undefined) return { ok: false, problem, again: response.status >= 500 };
      return { ok: false, problem, refusal, again: response.status >= 500 && settled?.has(refusal.code) !== true };
    } catch (error) {
      return { ok: false, problem: `the store could not be asked: ${reasonOf(error)}`, again: !isAnswer(error) };
    }
  };

  const call = async <S extends z.ZodType>(
    request: StoreRequest,
    schema: S,
    given: AbortSignal | undefined,
  ): Promise<StoreAnswer<{ body: z.output<S> }>> => {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(limitMs), ...(given === undefined ? [] : [given])]);
    let attempt = await once(url, request, signal);
    if (!attempt.ok && attempt.again) {
      await sleep(repeatPauseMs * (0.5 + random() / 2), undefined, { signal }).catch(() => undefined); // the time is over
      if (!signal.aborted) attempt = await once(fallbackUrl ?? url, request, signal);
    }
    if (!attempt.ok) {
      const { problem, refusal } = attempt;
      return { ok: false, problem, ...(refusal === undefined ? {} : { refusal }) };
    }
    const parsed = schema.safeParse(attempt.value);
    return parsed.success
      ? { ok: true, body: parsed.data }
      : { ok: false, problem: 'the store’s answer is not as documented' };
  };

  return {
    heartbeat: (license) =>
      call(
        { method: 'POST', target: licenseOpenApi.heartbeat.path, contentType, body: JSON.stringify({ license }) },
        HeartbeatAnswer,
        undefined,
      ),
    async queryOrder(orderId, orderLineId, signal) {
      const query = new URLSearchParams({ orderId, ...(orderLineId === '' ? {} : { orderLineId }) });
      const target = `${orderQueryApi.orderQuery.path}?${query}`;
      const answer = await call({ method: 'GET', target, contentType, body: '' }, OrderQueryAnswer, signal);
      if (!answer.ok) return answer;
      const { resultCode, resultMsg, orderInfo } = answer.body;
      if (!orderQuerySuccess.includes(resultCode))
        return { ok: false, problem: `the store answered ${resultCode} ${resultMsg}` };
      return orderInfo == null ? { ok: false, problem: 'the store told no order' } : { ok: true, order: orderInfo };
    },
    async upload(eventId, license, signal) {
      const composed = await uploadRequest(eventId, license);
      if (!composed.ok) return composed;
      const answer = await call(composed.request, OpenApiResult, signal);
      if (!answer.ok) return answer;
      const { error_code, error_msg } = answer.body;
      return error_code === uploadSuccess
        ? { ok: true }
        : { ok: false, problem: `the store answered ${error_code} ${error_msg}` };
    },
    async pushUsage(push) {
      const answer = await call(usagePushRequest(push, now), UsagePushAnswer, undefined);
      if (!answer.ok) return answer;
      const { error_code: code, error_msg: message = '' } = answer.body;
      return code === usagePushSuccess
        ? { ok: true, code, message, abnormal: abnormalRecords(answer.body) }
        : { ok: false, problem: `the store answered ${code} ${message}`, refusal: { code, message } };
    },
  };
}

type Attempt = { readonly ok: true; readonly value: unknown } | (StoreFailure & { readonly again: boolean });

/** A message of any length, because the gateway's quotes the whole canonical request. */
const Reason = z.looseObject({ error_code: z.string().min(1).max(64), error_msg: z.string().optional() });
const messageLimit = 1_024;

/** The reason that came with another status than 200; undefined where it cannot be read. */
async function refusalIn(response: Response): Promise<StoreRefusal | undefined> {
  const read = Reason.safeParse(await limitedJson(response).catch(() => undefined));
  if (!read.success) return undefined;
  return { code: read.data.error_code, message: (read.data.error_msg ?? '').slice(0, messageLimit) };
}

const contentType = 'application/json';

/** fetch says only that it failed; why, stands in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
