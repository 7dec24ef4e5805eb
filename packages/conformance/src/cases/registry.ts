import type { Case, Draft } from '../case.ts';
import type { ProfileCalls } from '../flow/open-flow.ts';
import { type ProfileId, profileIds } from '../profiles.ts';
import { kitCalls } from './kit/calls.ts';
import { path as kitPaths, synchronisation } from './kit/effects.ts';
import { schema as kitSchema } from './kit/members.ts';
import { licenseCalls } from './license/calls.ts';
import { debuggingEffects as licenseDebugging } from './license/debugging.ts';
import { idempotency as licenseIdempotency, order as licenseOrder, restart as licenseRestart } from './license/life.ts';
import { schema as licenseSchema } from './license/members.ts';
import { applications, onlineLicenseCalls, schema as onlineLicenseSchema } from './online-license/cases.ts';
import {
  noticeCalls,
  debuggingEffects as noticeDebugging,
  idempotency as noticeIdempotency,
  schema as noticeSchema,
} from './order-notice/cases.ts';
import { saasCalls } from './saas/calls.ts';
import { creation } from './saas/create.ts';
import { debuggingEffects as saasDebugging } from './saas/debugging.ts';
import { idempotency as saasIdempotency, order as saasOrder, restart as saasRestart } from './saas/life.ts';
import { schema as saasSchema } from './saas/members.ts';
import { querying } from './saas/query.ts';
import { activity } from './shared/activity.ts';
import { answer } from './shared/answer.ts';
import { bodyCarried } from './shared/body-carried.ts';
import { bodyIllegal } from './shared/body-illegal.ts';
import { bodyWritten } from './shared/body-written.ts';
import { debugging } from './shared/debugging.ts';
import { replay } from './shared/nonce.ts';
import { restart } from './shared/restart.ts';
import { rotation } from './shared/rotation.ts';
import { secret } from './shared/secret.ts';
import { signature } from './shared/signature.ts';
import { time } from './shared/time.ts';
import { v1Calls, v1KitCalls, v1LicenseCalls } from './v1/calls.ts';
import { v1Families, v1KitFamilies, v1LicenseFamilies } from './v1/families.ts';

/** The cases of one profile, by family; a family is the second part of an id. */
interface ProfileCases {
  readonly calls: ProfileCalls;
  readonly families: Readonly<Record<string, readonly Draft[]>>;
}

/** Families that hold for every address that takes security tokens. */
const shared = {
  sig: signature,
  time,
  replay,
  rotate: rotation,
  body: [...bodyWritten, ...bodyCarried, ...bodyIllegal],
  answer,
  secret,
  restart,
} as const;

const registry: Readonly<Record<ProfileId, ProfileCases>> = {
  license: {
    calls: licenseCalls,
    families: {
      ...shared,
      activity,
      schema: licenseSchema,
      idem: licenseIdempotency,
      order: licenseOrder,
      restart: licenseRestart,
      debug: [...debugging, ...licenseDebugging],
    },
  },
  saas: {
    calls: saasCalls,
    families: {
      ...shared,
      activity,
      schema: saasSchema,
      create: creation,
      query: querying,
      idem: saasIdempotency,
      order: saasOrder,
      restart: saasRestart,
      debug: [...debugging, ...saasDebugging],
    },
  },
  'online-license': {
    calls: onlineLicenseCalls,
    families: { ...shared, activity, schema: onlineLicenseSchema, apply: applications, debug: debugging },
  },
  'order-notice': {
    calls: noticeCalls,
    families: {
      ...shared,
      activity,
      schema: noticeSchema,
      idem: noticeIdempotency,
      debug: [...debugging, ...noticeDebugging],
    },
  },
  kit: {
    calls: kitCalls,
    families: {
      ...shared,
      // A blank around the value of a header is no part of it.
      time: time.filter(({ slug }) => slug !== 'blank'),
      path: kitPaths,
      schema: kitSchema,
      sync: synchronisation,
      debug: debugging,
    },
  },
  v1: { calls: v1Calls, families: v1Families },
  'v1-license': { calls: v1LicenseCalls, families: v1LicenseFamilies },
  'v1-kit': { calls: v1KitCalls, families: v1KitFamilies },
};

export const callsOf = (profile: ProfileId): ProfileCalls => registry[profile].calls;

/** Every case there is. */
export const allCases: readonly Case[] = profileIds.flatMap((profile) =>
  Object.entries(registry[profile].families).flatMap(([family, drafts]) =>
    drafts.map((draft) => ({ ...draft, profile, family, id: `${profile}.${family}.${draft.slug}` })),
  ),
);
