import { randomUUID } from 'node:crypto';
import { type AccessKeyPair, type AkskRefusal, verifyAksk } from '@koobridge/contracts';
import type { Admission, Answer, Incoming, RawBody } from '@koobridge/ts-rest-koa';
import { openApiError } from './answer.ts';

/** What the API gateway in front of the open APIs answers by itself (网关错误码, `devg-apisign/api-sign-errorcode`). */
const gatewayErrors = {
  'APIGW.0101': [404, 'The API does not exist or has not been published in the environment'],
  'APIGW.0201': [413, 'Request entity too large'],
  'APIGW.0301': [401, 'Incorrect IAM authentication information'],
} as const;

export function gatewayError(code: keyof typeof gatewayErrors, detail: string) {
  const [status, message] = gatewayErrors[code];
  const requestId = randomUUID();
  return {
    status,
    headers: { 'X-Request-Id': requestId },
    body: { error_msg: `${message}: ${detail}`, error_code: code, request_id: requestId },
  };
}

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
 * The guard of the open APIs: the AK/SK signature over exactly the bytes received, in real time (R23), then the content
 * type of what has a body. Without a key pair in the settings nothing gets in.
 */
export function guard(
  key: AccessKeyPair | undefined,
  realNow: () => number,
): (raw: RawBody, incoming: Incoming) => Admission<undefined, Answer> {
  return (raw, { ctx }) => {
    if (key === undefined) {
      return { admitted: false, reason: gatewayError('APIGW.0301', 'this marketplace has no SELLER_AK and SELLER_SK') };
    }
    const headers = Object.fromEntries(
      Object.entries(ctx.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : (value ?? ''),
      ]),
    );
    const request = { method: ctx.method, target: ctx.req.url ?? '', headers, body: raw.bytes };
    const verification = verifyAksk(request, key, realNow());
    if (!verification.ok) {
      return { admitted: false, reason: gatewayError('APIGW.0301', reasons[verification.refusal]) };
    }
    return ctx.method === 'POST' && !ctx.is('application/json')
      ? { admitted: false, reason: openApiError('95000003') }
      : { admitted: true, value: undefined };
  };
}
