import type { Ledger } from '../ledger/ledger.ts';
import { statement, type Work } from '../ledger/work.ts';
import { SealBroken, type StorageCipher } from './cipher.ts';
import type { StorageKeyCheckRow } from './tables.ts';

const constant = 'koobridge';
const context = 'storage_key_check';

const kept = statement<StorageKeyCheckRow>('SELECT * FROM storage_key_check');
// Of two processes that start at the same moment, the first one's key counts.
const bind = statement('INSERT INTO storage_key_check (id, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING');

/**
 * Makes sure that the database is opened with the storage key it was made with (R27); a new one is bound to this key.
 * One that is bound is only looked at, so that nobody who writes to it keeps a start waiting. Rejects when it is
 * another key.
 */
export async function checkStorageKey(ledger: Ledger, cipher: StorageCipher): Promise<void> {
  const sealed = (await ledger.read(() => kept.first())) ?? (await ledger.run([], () => bound(cipher)));
  try {
    if (cipher.open(sealed.sealed, context) === constant) return;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
  }
  throw new Error(
    'the database was made with another STORAGE_KEY, and what it seals cannot be read with this one; ' +
      'set the one it was made with, or name another database in DATABASE_URL.',
  );
}

function* bound(cipher: StorageCipher): Work<StorageKeyCheckRow> {
  yield* bind.run(cipher.seal(constant, context));
  const sealed = yield* kept.first();
  if (sealed === undefined) throw new Error('the database did not keep the check of its STORAGE_KEY');
  return sealed;
}
