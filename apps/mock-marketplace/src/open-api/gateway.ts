import { randomUUID } from 'node:crypto';
import { type AccessKeyPair, type AkskRefusal, gatewayErrors, verifyAksk } from '@koobridge/contracts';
import type { Admission, Answer, Incoming, RawBody } from '@koobridge/ts-rest-koa';

type Row = (typeof gatewayErrors)[number];
type RowWith<Message> = Extract<Row, { readonly message: Message }>;

/** An error that the API gateway in front of the open APIs answers by itself, by the text of its row; a detail follows it. */
export function gatewayError<const Message extends Row['message']>(message: Message, detail: string) {
  // Every text of the list is the text of one row.
  const row = gatewayErrors.find((one) => one.message === message) as RowWith<Message>;
  const requestId = randomUUID();
  return {
    status: row.status as RowWith<Message>['status'], // the status of that row
    headers: { 'X-Request-Id': requestId },
    body: { error_msg: `${message.replace(/\.$/, '')}: ${detail}`, error_code: row.code, request_id: requestId },
  };
}

/** Looks at a call before any schema does: `undefined` lets it pass, an answer refuses it. */
export type Check = (raw: RawBody, incoming: Incoming) => Answer | undefined;

/** One check behind the other; the first that refuses has the word. */
export const admitting =
  (...checks: readonly Check[]) =>
  (raw: RawBody, incoming: Incoming): Admission<undefined, Answer> => {
    for (const check of checks) {
      const reason = check(raw, incoming);
      if (reason !== undefined) return { admitted: false, reason };
    }
    return { admitted: true, value: undefined };
  };

/** The method is part of what an API is: a router would also answer HEAD where it has a GET. */
export const exactMethod: Check = (_, { ctx, route }) =>
  ctx.method === route.method ? undefined : gatewayError('The API does not exist.', `not for ${ctx.method}`);

/** Why a signature is refused, in words that help to find the mistake and hold no secret. */
const reasons: Readonly<Record<AkskRefusal, string>> = {
  'authorization-missing': 'the header Authorization is missing or not SDK-HMAC-SHA256',
  'authorization-malformed': 'the header Authorization is not "SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…"',
  'access-key-unknown': 'the access key is not SELLER_AK of this marketplace',
  'date-malformed': 'the header X-Sdk-Date is missing or not yyyyMMddTHHmmssZ',
  'date-not-signed': 'X-Sdk-Date is not among the signed headers',
  'date-out-of-window': 'X-Sdk-Date is more than 15 minutes away from now',
  'signature-wrong': 'verify aksk signature fail',
};

/**
 * The AK/SK signature over exactly the bytes received, in real time (R23). Without a key pair in the settings nothing
 * gets in.
 */
export const signedWith =
  (key: AccessKeyPair | undefined, realNow: () => number): Check =>
  (raw, { ctx }) => {
    const refused = (detail: string) => gatewayError('Incorrect IAM authentication information.', detail);
    if (key === undefined) return refused('this marketplace has no SELLER_AK and SELLER_SK');
    const headers = Object.fromEntries(
      Object.entries(ctx.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : (value ?? ''),
      ]),
    );
    const request = { method: ctx.method, target: ctx.req.url ?? '', headers, body: raw.bytes };
    const verification = verifyAksk(request, key, realNow());
    return verification.ok ? undefined : refused(reasons[verification.refusal]);
  };

/** The content type of what has a body; parameters such as a charset are allowed. */
export const ofType =
  (type: 'application/json' | 'multipart/form-data', refusal: () => Answer): Check =>
  (_, { ctx }) =>
    ctx.method === 'POST' && !ctx.is(type) ? refusal() : undefined;
