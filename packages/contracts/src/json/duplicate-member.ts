import { compact } from './sort-members.ts';
import { isQuote, stringTokenEnd, stringTokenValue } from './string-token.ts';
import { topLevelMembers } from './top-level-members.ts';

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** The names seen in one open object: a list while they are few, which is faster, and a set of all of them from then on. */
interface OpenObject {
  readonly few: string[];
  all: Set<string> | undefined;
}

const few = 16;

/**
 * The first member name that occurs twice in one object of a JSON text, at any level; escapes do not hide it (R5).
 * `undefined` when there is none. Of a text that is no JSON it promises only to end; the parser refuses that text.
 * `equalRepeats` names members of the outermost object that may occur again as long as every copy has the same value:
 * the same text, white space and escapes aside.
 * One pass, and one more for each of `equalRepeats` where a name repeats; no recursion: depth costs memory, never the stack.
 */
export function findDuplicateMember(text: string, equalRepeats: readonly string[] = []): string | undefined {
  const open: (OpenObject | undefined)[] = []; // undefined stands for an array
  let current: OpenObject | undefined;
  let equal: string[] | undefined;
  let nameExpected = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isQuote(code)) {
      const end = stringTokenEnd(text, at);
      if (end === -1) return undefined;
      if (nameExpected && current !== undefined) {
        nameExpected = false;
        const name = stringTokenValue(text.slice(at, end));
        if (name === undefined) return undefined;
        if (isRepeated(current, name)) {
          if (open.length > 1) return name;
          equal ??= equalRepeats.filter((each) => allCopiesEqual(text, each));
          if (!equal.includes(name)) return name;
        }
      }
      at = end - 1;
    } else if (code === openBrace) {
      current = { few: [], all: undefined };
      open.push(current);
      nameExpected = true;
    } else if (code === openBracket) {
      current = undefined;
      open.push(current);
    } else if (code === closeBrace || code === closeBracket) {
      open.pop();
      current = open.at(-1);
      nameExpected = false;
    } else if (code === comma) {
      nameExpected = current !== undefined;
    }
  }
  return undefined;
}

function isRepeated(object: OpenObject, name: string): boolean {
  if (object.all === undefined) {
    if (object.few.includes(name)) return true;
    object.few.push(name);
    if (object.few.length === few) object.all = new Set(object.few);
    return false;
  }
  if (object.all.has(name)) return true;
  object.all.add(name);
  return false;
}

function allCopiesEqual(text: string, name: string): boolean {
  let first: string | undefined;
  for (const member of topLevelMembers(text)) {
    if (member.name !== name) continue;
    const value = compact(text, member.start, member.end);
    if (value === undefined || (first !== undefined && value !== first)) return false;
    first = value;
  }
  return true;
}
