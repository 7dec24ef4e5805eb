import type { RequestToSend } from '../http/exchange.ts';
import type { Text } from '../text.ts';

/** How a case ends early. They are thrown, as assertions are: a case then reads as the list of what must hold. */

/** The clause does not hold. */
export class Deviation extends Error {
  readonly expected: Text;
  readonly seen: Text;
  /** The request that shows it, with a token that was not used yet; absent where no single request does. */
  readonly request: RequestToSend | undefined;

  constructor(expected: Text, seen: Text, request?: RequestToSend) {
    super(`expected ${expected.en}, saw ${seen.en}`);
    this.expected = expected;
    this.seen = seen;
    this.request = request;
  }
}

/** What the case builds upon is not there, so it says nothing about its own clause. */
export class Blocked extends Error {
  readonly reason: Text;
  /** Nobody answered: the server is gone, or hangs. */
  readonly unanswered: boolean;

  constructor(reason: Text, unanswered = false) {
    super(reason.en);
    this.reason = reason;
    this.unanswered = unanswered;
  }
}

/** The effect cannot be seen with what the suite was given. */
export class NotObservable extends Error {
  readonly reason: Text;

  constructor(reason: Text) {
    super(reason.en);
    this.reason = reason;
  }
}
