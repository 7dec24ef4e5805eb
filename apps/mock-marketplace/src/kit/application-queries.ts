import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { jsonColumn, query } from '../database/query.ts';
import { Application } from './application.ts';

const Count = z.object({ count: z.number() });

export function storedApplications(database: DatabaseSync) {
  const row = z.object({ data: jsonColumn(Application) });
  const byId = query(database, row, 'SELECT data FROM kitApplications WHERE appId = $appId');
  const byUrl = query(database, row, 'SELECT data FROM kitApplications WHERE loginUrl = $loginUrl');
  const ofOrigin = query(database, Count, 'SELECT count(*) AS count FROM kitApplications WHERE loginOrigin = $origin');
  const counted = query(database, Count, 'SELECT count(*) AS count FROM kitApplications');
  const behind = query(
    database,
    row,
    `SELECT data FROM kitApplications
     WHERE rowid > coalesce((SELECT rowid FROM kitApplications WHERE appId = $after), 0) ORDER BY rowid LIMIT $limit`,
  );
  const upsert = database.prepare(
    `INSERT INTO kitApplications VALUES ($appId, $loginUrl, $loginOrigin, $data)
     ON CONFLICT (appId) DO UPDATE SET loginUrl = $loginUrl, loginOrigin = $loginOrigin, data = $data`,
  );
  return {
    application: (appId: string) => byId.one({ appId })?.data,
    applicationAt: (loginUrl: string) => byUrl.one({ loginUrl })?.data,
    isLoginOrigin: (origin: string) => (ofOrigin.one({ origin })?.count ?? 0) > 0,
    applications: (after: string | undefined, limit: number) =>
      behind.all({ after: after ?? null, limit }).map(({ data }) => data),
    applicationCount: () => counted.one()?.count ?? 0,
    saveApplication: (application: Application) => {
      const { appId, loginUrl } = application;
      upsert.run({ appId, loginUrl, loginOrigin: new URL(loginUrl).origin, data: JSON.stringify(application) });
    },
  };
}
