const sqliteBusy = 5;

/** The pause, in milliseconds, before a lock that another process holds is tried again. */
export const lockRetryMs = 10;

/** Whether SQLite failed because another process holds a lock. It adds the kind of lock above the low byte. */
export const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === sqliteBusy;
