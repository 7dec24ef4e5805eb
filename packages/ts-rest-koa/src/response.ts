/** Checks a handler's answer against its contract. */

import { type AppRoute, isAppRouteNoBody, isAppRouteOtherResponse } from '@ts-rest/core';
import type { Answer } from './answer.ts';
import { type Check, checkFor } from './schemas.ts';

/** A handler answered something its contract does not allow. */
export class AnswerBreaksContract extends Error {
  override readonly name = 'AnswerBreaksContract';
}

/**
 * Prepares the check of a route's answers. The result resolves to the answer with its body as the schema gives it back,
 * and rejects with AnswerBreaksContract if the body does not fit its status, or if the status is not in a contract that
 * is strict about statuses.
 */
export function answerChecker(route: AppRoute): (answer: Answer) => Promise<Answer> {
  const checks = new Map<string, Check | undefined>();
  for (const [status, response] of Object.entries(route.responses)) {
    checks.set(
      status,
      isAppRouteNoBody(response)
        ? acceptNothing
        : checkFor(isAppRouteOtherResponse(response) ? response.body : response),
    );
  }
  return async (answer) => {
    const status = String(answer.status);
    if (!checks.has(status) && route.strictStatusCodes === true) {
      throw new AnswerBreaksContract(`${route.method} ${route.path} does not answer ${status}`);
    }
    const checked = await checks.get(status)?.(answer.body);
    if (checked === undefined) return answer;
    if (checked.issues === undefined) return { ...answer, body: checked.value };
    throw new AnswerBreaksContract(`${route.method} ${route.path} answered ${status} with a body that does not fit`, {
      cause: checked.issues,
    });
  };
}

const acceptNothing: Check = (value) =>
  value === undefined ? { value } : { issues: [{ message: 'expected no body' }] };
