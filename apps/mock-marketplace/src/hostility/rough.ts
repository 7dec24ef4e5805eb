import { toCurl } from '@koobridge/contracts';
import { judge } from '../callbacks/judge.ts';
import type { Message } from '../callbacks/message.ts';
import type { Output } from '../callbacks/output.ts';
import type { Sender, SignedCall } from '../callbacks/send.ts';
import type { Signer } from '../callbacks/sign-call.ts';
import type { Records } from '../database/records.ts';
import type { Draw } from '../draw.ts';
import { attackCall } from './attack-call.ts';
import { wrongRefusal } from './judge-refusal.ts';
import { type Attack, type Hostility, hostility } from './profile.ts';

/** What the profile in force does around the calls of the delivery. */
export interface Rough {
  readonly now: () => Hostility;
  /** Plans what follows a call that was taken; within the caller's transaction. */
  planAfter(message: Message): void;
  /** The call that a taken one is followed by and that must be refused. */
  attackOn(message: Message): Attack | undefined;
  /** Makes such a call and counts how it was answered. */
  attack(kind: Attack, message: Message, taken: SignedCall, stopping: AbortSignal): Promise<void>;
  /** Counts a call that was made again although it had been taken; `reason` if it was not taken this time. */
  countRepeat(message: Message, call: SignedCall, reason: string | undefined): void;
}

export interface RoughParts {
  readonly records: Records;
  readonly draw: Draw;
  readonly sign: Signer;
  readonly send: Sender;
  readonly output: Output;
}

export function rough({ records, draw, sign, send, output }: RoughParts): Rough {
  const { clock, due, hostility: tried } = records;
  const now = (): Hostility => hostility(tried.profile(), draw);
  const count = (kind: string, { id }: Message, call: SignedCall, reason: string | undefined): void => {
    const curl = () => toCurl({ method: 'POST', ...call }) ?? '';
    tried.count(kind, reason === undefined ? undefined : { message: id, at: clock.now(), reason, curl: curl() });
  };
  return {
    now,
    planAfter: (message) => {
      const { repeatsAfter, looksAfter } = now();
      const shared = { lane: message.subject };
      const repeat = repeatsAfter(message);
      if (repeat !== undefined)
        due.plan({ at: clock.now() + repeat, kind: 'REPEAT', subject: String(message.id), ...shared });
      const look = looksAfter(message);
      if (look !== undefined) due.plan({ at: clock.now() + look, kind: 'LOOK', subject: message.subject, ...shared });
    },
    attackOn: (message) => now().attack(message),
    attack: async (kind, message, taken, stopping) => {
      const call = attackCall(kind, message, taken, sign);
      const outcome = await send(call, stopping);
      if (outcome.kind === 'abandoned') return;
      const reason = wrongRefusal(kind, judge(message.activity, call.body, outcome));
      records.transaction(() => count(kind, message, call, reason));
      output.attack(message, kind, reason);
    },
    countRepeat: (message, call, reason) => count('repeated', message, call, reason),
  };
}
