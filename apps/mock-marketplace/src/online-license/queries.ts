import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { query } from '../database/query.ts';
import { Application, type UploadedLicense } from './application.ts';

export interface Applications {
  find(eventId: string): Application | undefined;
  /** Of a subscription, oldest first, behind the one with the id `after`. */
  list(subscription: string, after: string | undefined, limit: number): Application[];
  count(subscription: string): number;
  add(application: Pick<Application, Applied>): void;
  /** It was sent once more. */
  sent(eventId: string, message: number): void;
  /** Keeps the first License. */
  take(eventId: string, license: UploadedLicense, now: number): void;
  /** Counts a further upload; `other` if it was another License. */
  repeat(eventId: string, other: boolean): void;
  content(eventId: string): Uint8Array | undefined;
}

type Applied = 'eventId' | 'subscription' | 'fingerprint' | 'effectiveTime' | 'expireTime' | 'appliedAt' | 'message';

export function storedApplications(database: DatabaseSync): Applications {
  const columns = Object.keys(Application.shape).join(', '); // all but the content
  const byId = query(database, Application, `SELECT ${columns} FROM applications WHERE eventId = $eventId`);
  const behind = query(
    database,
    Application,
    `SELECT ${columns} FROM applications
     WHERE subscription = $subscription
       AND rowid > coalesce((SELECT rowid FROM applications WHERE eventId = $after), 0)
     ORDER BY rowid LIMIT $limit`,
  );
  const number = query(
    database,
    z.object({ count: z.number() }),
    'SELECT count(*) AS count FROM applications WHERE subscription = $subscription',
  );
  const insert = database.prepare(
    `INSERT INTO applications (eventId, subscription, fingerprint, effectiveTime, expireTime, appliedAt, message)
     VALUES ($eventId, $subscription, $fingerprint, $effectiveTime, $expireTime, $appliedAt, $message)`,
  );
  const resend = database.prepare('UPDATE applications SET message = $message WHERE eventId = $eventId');
  const fill = database.prepare(
    `UPDATE applications SET kind = $kind, fileName = $fileName, size = $size, sha256 = $sha256, content = $bytes,
       uploadedAt = $now, uploads = uploads + 1 WHERE eventId = $eventId`,
  );
  const again = database.prepare(
    'UPDATE applications SET uploads = uploads + 1, otherUploads = otherUploads + $other WHERE eventId = $eventId',
  );
  const content = query(
    database,
    z.object({ content: z.instanceof(Uint8Array).nullable() }),
    'SELECT content FROM applications WHERE eventId = $eventId',
  );
  return {
    find: (eventId) => byId.one({ eventId }),
    list: (subscription, after, limit) => behind.all({ subscription, after: after ?? null, limit }),
    count: (subscription) => number.one({ subscription })?.count ?? 0,
    add: (application) => void insert.run({ ...application }),
    sent: (eventId, message) => void resend.run({ eventId, message }),
    take: (eventId, license, now) => {
      const { kind, fileName, bytes, sha256 } = license;
      fill.run({ eventId, kind, fileName, bytes, sha256, size: bytes.length, now });
    },
    repeat: (eventId, other) => void again.run({ eventId, other: other ? 1 : 0 }),
    content: (eventId) => content.one({ eventId })?.content ?? undefined,
  };
}
