import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@koobridge/scripts/processes';

/** Parts of documents that are written by what measured them, between two marks of Markdown that nobody sees. */
export type Part = 'bench' | 'ceilings' | 'profile-sqlite' | 'profile-postgres';

/** What stands between the marks. Throws where there are none. */
export const partOf = (document: string, part: Part): string => split(read(document), part).inside.trim();

/** Writes between the marks and leaves the rest. */
export function writePart(document: string, part: Part, text: string): void {
  writeFileSync(join(root, document), withPart(read(document), part, text));
}

export function withPart(content: string, part: Part, text: string): string {
  const { before, after, begin, end } = split(content, part);
  return `${before}${begin}\n${text}\n${end}${after}`;
}

const read = (document: string): string => readFileSync(join(root, document), 'utf8');

function split(content: string, part: Part) {
  const [begin, end] = [`<!-- ${part}: begin -->`, `<!-- ${part}: end -->`];
  const [before, rest, ...others] = content.split(begin);
  const [inside, after] = rest?.split(end) ?? [];
  if (before === undefined || inside === undefined || after === undefined || others.length > 0) {
    throw new Error(`a document has no place between ${begin} and ${end}`);
  }
  return { before, inside, after, begin, end };
}
