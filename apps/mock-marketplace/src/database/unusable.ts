/** What to do about a database file, by the primary result codes of SQLite. */
const remedies: ReadonlyMap<number, string> = new Map([
  [5, 'a marketplace that runs uses it: end that one, or name another file'],
  [8, 'this user may not write to it: change its rights, or name another file'],
  [11, 'it is damaged: name another file, or delete it and its -wal to begin anew'],
  [14, 'name a file, in a folder that this user may write to'],
  [26, 'something else is in it: name another file'],
]);

/** Why a database file cannot be used, in one sentence: what, why, what to do. */
export function unusable(path: string, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
  const remedy = remedies.get(code ?? -1) ?? 'name a file that this user may write to, or sqlite::memory:';
  return new Error(`the file ${path} of DATABASE_URL cannot be used (${why}): ${remedy}.`, { cause: error });
}
