import { isQuote, stringTokenEnd, stringTokenValue } from './string-token.ts';

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** The names seen in one open object. Most objects are small: one name needs no set. */
interface OpenObject {
  first: string | undefined;
  all: Set<string> | undefined;
}

/**
 * The first member name that occurs twice in one object of a JSON text, at any level; escapes do not hide it (R5).
 * `undefined` when there is none. Of a text that is no JSON it promises only to end; the parser refuses that text.
 * One pass, no recursion: depth costs memory, never the stack.
 */
export function findDuplicateMember(text: string): string | undefined {
  const open: (OpenObject | undefined)[] = []; // undefined stands for an array
  let current: OpenObject | undefined;
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
        if (isRepeated(current, name)) return name;
      }
      at = end - 1;
    } else if (code === openBrace) {
      current = { first: undefined, all: undefined };
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
  if (object.first === undefined) {
    object.first = name;
    return false;
  }
  object.all ??= new Set([object.first]);
  if (object.all.has(name)) return true;
  object.all.add(name);
  return false;
}
