import type { Rule } from './check.ts';
import { isLate } from './check-answers.ts';
import type { Attempt, History } from './history.ts';
import type { Verdict } from './run.ts';

const shown = 20;

/** What a run did and found, for people. */
export function summary({ history, violations }: Verdict): string {
  const attempts = history.lives.flatMap((played) => played.attempts);
  const kills = counted(history.kills.map(({ kill }) => kill.at));
  const announced = new Set(history.announcements.map(({ id }) => id));
  const lines = [
    `kills      ${history.kills.length}: ${kills}`,
    `lives      ${history.lives.length}, of ${counted(history.lives.map(({ life }) => life.of))}`,
    `attempts   ${attempts.length}: ${counted(attempts.map(({ what }) => what))}; ${counted(attempts.map(({ how }) => how))}`,
    `answers    ${counted(attempts.map(codeOf))}`,
    `late       ${attempts.filter(isLate).length} of them 000005 after 4 s, as R9 has it where something hangs or the machine is too busy`,
    `receipts   ${history.ledger.receipts.length}, of ${unheardOf(history)} calls that got no answer`,
    `events     ${announced.size}, announced ${history.announcements.length} times; ${stillThere(history)}`,
    ...violations.slice(0, shown).map(({ rule, what }) => `VIOLATION  ${rule}: ${what}`),
    violations.length === 0
      ? 'clean: nothing answered is lost, nothing took effect twice'
      : `${violations.length} violations: ${counted(violations.map(({ rule }): Rule => rule))}`,
  ];
  return lines.join('\n');
}

const codeOf = ({ answer }: Attempt): string =>
  answer === undefined ? 'none' : answer.status === 200 ? answer.resultCode : `HTTP ${answer.status}`;

const stillThere = ({ ledger }: History): string =>
  `${ledger.waiting.length} wait, ${ledger.dead.length} were given up`;

/** Calls that took effect, or were refused for good, and whose answer nobody ever heard. */
function unheardOf({ lives, ledger }: History): number {
  const kept = new Set(ledger.receipts.map(({ nonce }) => nonce));
  const heard = new Set<string>();
  const sent = new Set<string>();
  for (const { nonce, answer } of lives.flatMap(({ attempts }) => attempts)) {
    sent.add(nonce);
    if (answer !== undefined && answer.resultCode !== '000001') heard.add(nonce);
  }
  return [...sent].filter((nonce) => kept.has(nonce) && !heard.has(nonce)).length;
}

function counted(values: readonly string[]): string {
  const groups = Map.groupBy(values, (value) => value);
  return [...groups].map(([value, { length }]) => `${length} ${value}`).join(', ');
}
