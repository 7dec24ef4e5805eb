import type { Answer, Refusal } from '@koobridge/ts-rest-koa';
import { Stopping } from '../callbacks/delivery.ts';

/** How a control call that reached no handler, or whose handler failed, is answered. */
export function refusedControlCall(refusal: Refusal<undefined, never>, report: (error: unknown) => void): Answer {
  switch (refusal.kind) {
    case 'body-too-large':
      return answer(413, `The body is longer than ${refusal.limit} bytes: no control call needs that much.`);
    case 'body-too-slow':
      return answer(408, `The body did not arrive within ${refusal.deadlineMs} ms: send it at once.`);
    case 'body-compressed':
      return answer(415, `The body is compressed (${refusal.encoding}): send it as it is.`);
    case 'body-unreadable':
      return answer(400, `The body cannot be read (${refusal.reason}): send a JSON object in UTF-8.`);
    case 'schema': {
      const [issue] = refusal.issues;
      const path = (issue?.path ?? []).map((step) => (typeof step === 'object' ? step.key : step)).join('.');
      return answer(
        400,
        `The ${refusal.part} is not accepted: ${path === '' ? '' : `"${path}": `}${issue?.message ?? 'invalid'}.`,
      );
    }
    case 'not-admitted':
      return refusal.reason;
    case 'failed':
      if (refusal.error instanceof Stopping) {
        return answer(503, 'The marketplace is stopping: what was under way is taken up when it is started again.');
      }
      report(refusal.error);
      return answer(500, 'The marketplace failed: its terminal says how.');
  }
}

const answer = (status: number, error: string): Answer => ({ status, body: { error } });
