import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';
import { Profile } from './profile.ts';

/** Something that the profile tried and that ended as it should not. */
export const Finding = z.object({
  id: z.number(),
  kind: z.string(),
  message: z.number(),
  /** Life-cycle time. */
  at: z.number(),
  reason: z.string(),
  curl: z.string(),
});
export type Finding = z.output<typeof Finding>;

const Tried = z.object({ kind: z.string(), sent: z.number(), wrong: z.number() });
export type Tried = z.output<typeof Tried>;

export interface HostilityRecords {
  profile(): Profile;
  setProfile(profile: Profile): void;
  tried(): Tried[];
  findings(): Finding[];
  /** One more of a kind; `finding` if it ended as it should not. */
  count(kind: string, finding: Omit<Finding, 'id' | 'kind'> | undefined): void;
}

/** Findings that are kept; a server that fails one kind fails it by the thousand. */
const keptFindings = 200;

/** `initial` is the profile until another one is set. */
export function storedHostility(database: DatabaseSync, initial: Profile): HostilityRecords {
  const current = query(database, z.object({ profile: Profile }), 'SELECT profile FROM profile');
  const update = database.prepare(
    'INSERT INTO profile VALUES (1, $profile) ON CONFLICT (id) DO UPDATE SET profile = $profile',
  );
  const counted = query(database, Tried, 'SELECT * FROM tried ORDER BY kind');
  const kept = query(database, Finding, 'SELECT * FROM findings ORDER BY id');
  const bump = database.prepare(
    `INSERT INTO tried VALUES ($kind, 1, $wrong)
     ON CONFLICT (kind) DO UPDATE SET sent = sent + 1, wrong = wrong + $wrong`,
  );
  const insert = database.prepare(
    `INSERT INTO findings (kind, message, at, reason, curl)
     SELECT $kind, $message, $at, $reason, $curl WHERE (SELECT count(*) FROM findings) < ${keptFindings}`,
  );
  let known: Profile | undefined; // asked for with every call
  return {
    profile: () => {
      known ??= current.one()?.profile ?? initial;
      return known;
    },
    setProfile: (profile) => {
      update.run({ profile });
      known = profile;
    },
    tried: () => counted.all(),
    findings: () => kept.all(),
    count: (kind, finding) => {
      bump.run({ kind, wrong: finding === undefined ? 0 : 1 });
      if (finding !== undefined) insert.run({ kind, ...finding });
    },
  };
}
