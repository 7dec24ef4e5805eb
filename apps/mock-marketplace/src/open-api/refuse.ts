import type { Answer, Refusal } from '@koobridge/ts-rest-koa';
import { openApiError } from './answer.ts';
import { gatewayError } from './gateway.ts';
import { orderQueryError } from './order-query.ts';

/** How a License call that reached no handler is answered (错误码, `accessg-marketplace/zh-cn_topic_0070649195`). */
export function refusedLicenseCall(refusal: Refusal<undefined, Answer>, report: (error: unknown) => void): Answer {
  switch (refusal.kind) {
    case 'body-too-large':
      return gatewayError('Request entity too large.', `more than ${refusal.limit} bytes`);
    case 'body-too-slow':
      return openApiError('95000004', 'the body did not arrive in time');
    case 'body-compressed':
      return openApiError('95000004', 'the body is compressed');
    case 'body-unreadable':
      return openApiError('95000004');
    case 'not-admitted':
      return refusal.reason;
    case 'schema':
      return openApiError('95000001', firstIssue(refusal.issues));
    case 'failed':
      report(refusal.error);
      return openApiError('92020001');
  }
}

/** The order query has codes of its own; it takes no body. */
export function refusedOrderQuery(refusal: Refusal<undefined, Answer>, report: (error: unknown) => void): Answer {
  switch (refusal.kind) {
    case 'schema':
      return orderQueryError('CBC.0101', firstIssue(refusal.issues));
    case 'failed':
      report(refusal.error);
      return orderQueryError('CBC.0999');
    default:
      return refusedLicenseCall(refusal, report);
  }
}

type Issues = Extract<Refusal, { kind: 'schema' }>['issues'];

function firstIssue([issue]: Issues): string {
  const path = (issue?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return `${path} ${issue?.message ?? ''}`.trim().slice(0, 200);
}
