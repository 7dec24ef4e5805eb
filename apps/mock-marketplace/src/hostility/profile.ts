import * as z from 'zod';
import type { Message } from '../callbacks/message.ts';
import type { Draw } from '../draw.ts';

/**
 * How rough the store is. `calm` makes each call as the pages have it. `store-like` also does what its pages warn of: it
 * repeats what was answered, looks at resources, lets renewals overtake each other, and sends over slow links. `hostile`
 * adds calls that anybody could make who reaches the production address, and that must be refused.
 */
export const Profile = z.enum(['calm', 'store-like', 'hostile']);
export type Profile = z.output<typeof Profile>;

/** How a call that must be refused was made from one that was taken. */
export const Attack = z.enum([
  'replayed',
  'stale',
  'from-the-future',
  'wrong-key',
  'altered-body',
  'altered-signature',
  'no-token',
]);
export type Attack = z.output<typeof Attack>;

/** How often each thing happens, of 1. */
const share = { held: 0.2, slow: 0.1, repeated: 0.25, looked: 0.1, attacked: 0.25 } as const;

const minute = 60_000;

/** What a profile does around the calls; everything is drawn from what a call is about, so that it does not depend on the order of calls. */
export interface Hostility {
  readonly profile: Profile;
  /** How long a first call is held back, in milliseconds of the life-cycle clock, so that the next one overtakes it. */
  heldFor(message: Message): number | undefined;
  /** Whether this attempt goes over a slow link. */
  isSlow(message: Message, number: number): boolean;
  /** When a call that was taken is made once more, in milliseconds from then. */
  repeatsAfter(message: Message): number | undefined;
  /** When the buyer looks at what the call was about, in milliseconds from then. */
  looksAfter(message: Message): number | undefined;
  attack(message: Message): Attack | undefined;
}

export function hostility(profile: Profile, draw: Draw): Hostility {
  /** Cases and probes are sent as they were saved. */
  const isRough = ({ purpose }: Message): boolean => profile !== 'calm' && purpose === 'ORDER';
  const happens = (what: keyof typeof share, key: string): boolean => draw.chance(`${what} ${key}`) < share[what];
  const minutes = (what: string, key: string, most: number): number =>
    minute * (1 + Math.floor(draw.chance(`${what} after ${key}`) * most));
  return {
    profile,
    heldFor: (message) => {
      const key = keyOf(message);
      return isRough(message) && mayBeOvertaken(message) && happens('held', key) ? minutes('held', key, 10) : undefined;
    },
    isSlow: (message, number) => isRough(message) && happens('slow', `${keyOf(message)} ${number}`),
    repeatsAfter: (message) => {
      const key = keyOf(message);
      return isRough(message) && happens('repeated', key) ? minutes('repeated', key, 60) : undefined;
    },
    looksAfter: (message) => {
      const key = keyOf(message);
      const concerns = message.instanceId !== null && message.activity !== 'queryInstance';
      return isRough(message) && concerns && happens('looked', key) ? minutes('looked', key, 24 * 60) : undefined;
    },
    attack: (message) => {
      const key = keyOf(message);
      if (profile !== 'hostile' || !isRough(message) || !happens('attacked', key)) return undefined;
      const kinds = Attack.options;
      return kinds[Math.floor(draw.chance(`attack ${key}`) * kinds.length)];
    },
  };
}

/** Names a message by what it is about, not by its id, which depends on what happens side by side. */
const keyOf = ({ subject, activity, command, orderId, createdAt }: Message): string =>
  [subject, activity, command, orderId, createdAt].join(' ');

/** Only what leads to the same state in every order (R16): renewals among each other, and announcements. */
export const mayBeOvertaken = ({ activity, command }: Pick<Message, 'activity' | 'command'>): boolean =>
  activity === 'orderNotify' || command === 'RENEWAL';
