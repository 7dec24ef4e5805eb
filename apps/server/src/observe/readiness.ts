import { within } from '../production/deadline.ts';

/** Whether callbacks can be taken now; `reason` says why not, and nothing of the database. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

export interface ReadinessNeed {
  /** One small transaction. */
  readonly write: () => Promise<void>;
  /** How long it may take, in milliseconds. */
  readonly limitMs: number;
  readonly stopping: AbortSignal;
}

/**
 * Looks whether the ledger can be written to, with one write at a time, however many ask and however long it takes:
 * strangers may ask, and a ledger that is locked must not fill with looks.
 */
export function readiness({ write, limitMs, stopping }: ReadinessNeed): () => Promise<Readiness> {
  let writing: Promise<boolean> | undefined;
  const written = async (): Promise<boolean> => {
    try {
      await write();
      return true;
    } catch {
      return false;
    } finally {
      writing = undefined;
    }
  };
  return async () => {
    if (stopping.aborted) return { ready: false, reason: 'the server is stopping' };
    writing ??= written();
    return (await within(limitMs, writing, () => false)) ? { ready: true } : unwritable;
  };
}

const unwritable: Readiness = { ready: false, reason: 'the ledger cannot be written to' };
