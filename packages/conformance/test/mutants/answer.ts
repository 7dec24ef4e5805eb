import { setTimeout as pause } from 'node:timers/promises';
import type { Reply, Steps } from '../reference/steps.ts';
import { errorPage } from './body.ts';
import { type Mutant, mutantsOf } from './mutant.ts';

const isSuccess = ({ body }: Reply): boolean => body.includes('"000000"');

const tooLong = 5_200;

const quick = mutantsOf('answer', {
  form: () => ({
    afterwards: (reply) => (isSuccess(reply) ? { ...reply, headers: { 'Content-Type': 'text/plain' } } : reply),
  }),
  'refusal-form': errorPage(({ refusedToken }) => refusedToken, 401),
  'broken-body-form': errorPage(({ incoming }) => incoming.body.toString() === '{"activity":', 400),
  'message-length': () => ({
    afterwards: (reply, { incoming }) =>
      incoming.body.length + incoming.query.length > 2000
        ? { ...reply, body: JSON.stringify({ resultCode: '000002', resultMsg: 'x'.repeat(300) }) }
        : reply,
  }),
  'no-secrets': () => ({
    afterwards: (reply, { refusedToken, rightSignature }) =>
      refusedToken
        ? { ...reply, body: JSON.stringify({ resultCode: '000001', resultMsg: `expected ${rightSignature}` }) }
        : reply,
  }),
  'wrong-method': () => ({ takesMethod: () => true }),
  'sub-path': errorPage(({ incoming }) => incoming.subPath === '/nothing/here', 404),
  unsigned: errorPage(({ incoming }) => incoming.body.toString() === '{}', 404),
  'same-connection': (): Partial<Steps> => {
    let hurt: string | undefined;
    return {
      afterwards(reply, { refusedToken, activity }) {
        const failing = hurt !== undefined && !refusedToken && activity === hurt;
        hurt = refusedToken ? activity : undefined;
        return failing ? { status: 500, headers: { 'Content-Type': 'text/html' }, body: '' } : reply;
      },
    };
  },
});

const slow = mutantsOf('answer', {
  'in-time': (): Partial<Steps> => {
    let answered = 0;
    return {
      async afterwards(reply, { activity, json }) {
        const isReal =
          isSuccess(reply) && activity !== undefined && json?.['testFlag'] !== '1' && json?.['testFlag'] !== 1;
        if (isReal) answered += 1;
        // Long enough to reach the case, and no longer.
        if (isReal && answered <= 12) await pause(tooLong);
        return reply;
      },
    };
  },
  'in-time-at-once': (): Partial<Steps> => {
    let answered = 0;
    return {
      async afterwards(reply) {
        answered += 1;
        // The last of fifty, as behind a queue that is too long.
        if (answered > 45 && answered < 55) await pause(tooLong);
        return reply;
      },
    };
  },
});

export const answerMutants: readonly Mutant[] = [
  ...quick,
  ...slow.map((mutant) => ({ ...mutant, slow: true as const })),
];

export const activityMutants = mutantsOf('activity', {
  unknown: errorPage(({ json }) => json?.['activity'] === 'somethingNew'),
  missing: errorPage(({ json }) => json !== undefined && !('activity' in json)),
  number: errorPage(({ json }) => json?.['activity'] === 7),
  constructor: errorPage(({ json }) => json?.['activity'] === 'constructor'),
  'other-case': errorPage(({ json }) => json?.['activity'] === 'NEWINSTANCE'),
});
