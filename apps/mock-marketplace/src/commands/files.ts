import { readFile } from 'node:fs/promises';
import { misuse } from './exit-code.ts';
import type { Read } from './market/options.ts';
import { readInput, type Terminal } from './terminal.ts';

/** The bytes of a file, or of standard input for `-`. */
export async function readBytes(name: string, terminal: Terminal): Promise<Read<Buffer>> {
  try {
    return { ok: true, value: name === '-' ? await readInput(terminal) : await readFile(name) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, ...misuse(`"${name}" cannot be read: ${why}.`) };
  }
}

export async function readJsonFile(name: string, terminal: Terminal): Promise<Read<unknown>> {
  const text = await readBytes(name, terminal);
  if (!text.ok) return text;
  try {
    return { ok: true, value: JSON.parse(text.value.toString()) };
  } catch {
    return { ok: false, ...misuse(`"${name}" holds no JSON.`) };
  }
}
