import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A file that is gone after the test. */
export function fileWith(content: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'koobridge-conform-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'file.json');
  writeFileSync(file, content);
  return file;
}
