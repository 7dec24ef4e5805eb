import { type LedgerDatabase, openLedger, type Request, readConfig, startServer, type Work } from '@koobridge/server';

/**
 * The server with the ledger left out, which is what it could do if keeping cost nothing: all of a callback is done but
 * its statements and its commit. Every code is unknown to it, every nonce new.
 */
const reading = readConfig(process.env);
if (!reading.ok) throw new Error(reading.problems.join('\n'));
const server = await startServer(reading.config, {
  openLedger: async (address) => forgetful(await openLedger(address)),
});
console.log(`no-database listening on ${server.url}`);
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));

/** Keeps what the server does for itself, at its start and in the background, and nothing of callbacks. */
function forgetful(database: LedgerDatabase): LedgerDatabase {
  const { ledger } = database;
  return {
    ...database,
    ledger: {
      read: (work) => ledger.read(work),
      drain: (ms) => ledger.drain(ms),
      async run(touches, work) {
        const isCallback = touches.some((subject) => subject.startsWith('nonce '));
        return isCallback ? decided(work()) : ledger.run(touches, work);
      },
    },
  };
}

function decided<T>(work: Work<T>): T {
  let step = work.next(undefined);
  while (step.done !== true) step = work.next(answerOfNothing(step.value));
  return step.value;
}

function answerOfNothing(request: Request): unknown {
  switch (request.kind) {
    case 'all':
      return [];
    case 'run':
      return 1;
    case 'each':
      return request.rows.map(() => 1);
    case 'several':
      return request.questions.map(answerOfNothing);
    default:
      return undefined;
  }
}
