import { existsSync, readFileSync } from 'node:fs';

/** Everything that a database's file and its journals hold, as bytes. */
export const databaseBytes = (file: string): Buffer =>
  Buffer.concat(
    ['', '-wal', '-shm']
      .map((end) => file + end)
      .filter(existsSync)
      .map((name) => readFileSync(name)),
  );
