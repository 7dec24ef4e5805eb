import { compact, sortUnchecked } from '../json/sort-members.ts';
import { topLevelMembers } from '../json/top-level-members.ts';

/** More top-level members than these are not sorted, as in the verification itself. */
const mostMembers = 1_000;

/** Nested deeper than this, a body is not sorted at every depth. */
const mostDepth = 100;

/** The store's own serialisation of a JSON text (R4); `undefined` where it is no object or has too many members. */
export const sorted = (text: string): string | undefined => sortUnchecked(text, mostMembers);

/** The members in the order in which they were sent, those that are null left out. */
export const withoutNulls = (text: string): string | undefined =>
  rearrange(text, (members) => members.filter(([, value]) => value !== 'null'));

/** Sorted with the nulls of the top level. */
export const sortedWithNulls = (text: string): string | undefined =>
  rearrange(text, (members) => members.sort(ascending));

/** Sorted from Z to A, the nulls of the top level left out. */
export const sortedDescending = (text: string): string | undefined =>
  rearrange(text, (members) => members.filter(([, value]) => value !== 'null').sort((a, b) => ascending(b, a)));

/** Sorted at every depth; numbers are those of a double. */
export function sortedDeep(text: string): string | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = Object.entries(value).filter(([, each]) => each !== null);
  return writeSorted(members, 0);
}

type Written = [name: string, value: string];

const ascending = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function rearrange(text: string, arrange: (members: Written[]) => readonly Written[]): string | undefined {
  const members = new Map<string, string>();
  for (const { name, start, end } of topLevelMembers(text)) {
    const value = compact(text, start, end);
    if (value === undefined || members.size >= mostMembers) return undefined;
    members.set(name, value);
  }
  if (members.size === 0) return undefined;
  return writeObject(arrange([...members]));
}

const writeObject = (members: readonly Written[]): string =>
  `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;

function writeSorted(members: readonly (readonly [string, unknown])[], depth: number): string | undefined {
  const written: Written[] = [];
  for (const [name, value] of members.toSorted(ascending)) {
    const text = writeDeep(value, depth + 1);
    if (text === undefined) return undefined;
    written.push([name, text]);
  }
  return writeObject(written);
}

function writeDeep(value: unknown, depth: number): string | undefined {
  if (depth > mostDepth) return undefined;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (!Array.isArray(value)) return writeSorted(Object.entries(value), depth);
  const items = value.map((each) => writeDeep(each, depth + 1));
  return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
}
