import type { Life, LifeStatus } from './life.ts';

/** The columns of a life. Never pruned. */
export interface LifeRow {
  status: LifeStatus;
  expires_at: number | null;
  status_at: number | null;
  renewed: number;
  cancelled: number;
  /** Counts the changes, so that a confirmation can tell whether its question is out of date. */
  revision: number;
  updated_at: number;
}

export const lifeOf = (row: LifeRow): Life => ({
  status: row.status,
  expiresAt: row.expires_at,
  statusAt: row.status_at,
  renewed: row.renewed === 1,
  cancelled: row.cancelled === 1,
});
