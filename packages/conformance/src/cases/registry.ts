import type { Case, Draft } from '../case.ts';
import type { ProfileCalls } from '../flow/open-flow.ts';
import { type ProfileId, profileIds } from '../profiles.ts';
import { licenseCalls } from './license/calls.ts';
import { debuggingEffects } from './license/debugging.ts';
import { idempotency, order } from './license/effects.ts';
import { schema } from './license/members.ts';
import { activity } from './shared/activity.ts';
import { answer } from './shared/answer.ts';
import { body } from './shared/body.ts';
import { debugging } from './shared/debugging.ts';
import { replay } from './shared/nonce.ts';
import { rotation } from './shared/rotation.ts';
import { signature } from './shared/signature.ts';
import { time } from './shared/time.ts';

/** The cases of one profile, by family; a family is the second part of an id. */
interface ProfileCases {
  readonly calls: ProfileCalls;
  readonly families: Readonly<Record<string, readonly Draft[]>>;
}

/** Families that hold for every address that takes security tokens. */
const shared = { sig: signature, time, replay, rotate: rotation, body, answer } as const;

const registry: Readonly<Partial<Record<ProfileId, ProfileCases>>> = {
  license: {
    calls: licenseCalls,
    families: {
      ...shared,
      activity,
      schema,
      idem: idempotency,
      order,
      debug: [...debugging, ...debuggingEffects],
    },
  },
};

export const callsOf = (profile: ProfileId): ProfileCalls => {
  const found = registry[profile];
  if (found === undefined) throw new Error(`the profile ${profile} has no cases`);
  return found.calls;
};

/** Every case there is. */
export const allCases: readonly Case[] = profileIds.flatMap((profile) =>
  Object.entries(registry[profile]?.families ?? {}).flatMap(([family, drafts]) =>
    drafts.map((draft) => ({ ...draft, profile, family, id: `${profile}.${family}.${draft.slug}` })),
  ),
);
