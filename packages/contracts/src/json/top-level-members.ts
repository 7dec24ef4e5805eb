import { isQuote, stringTokenEnd, stringTokenValue } from './string-token.ts';

/** A member of the object that a text holds; its value stands from `start` up to `end`. */
export interface Member {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Walks over the members of an object without building it; returns false where the text turns out to be no object.
 * Made for bodies that nobody has vouched for yet: it looks at each character once, stops when its caller does, and
 * leaves it to a parser to say whether the values are JSON.
 */
export function* topLevelMembers(text: string): Generator<Member, boolean> {
  let at = skipBlanks(text, 0);
  if (text[at] !== '{') return false;
  at = skipBlanks(text, at + 1);
  if (text[at] === '}') return isEnd(text, at + 1);
  for (;;) {
    if (text[at] !== '"') return false;
    const nameEnd = stringTokenEnd(text, at);
    const name = nameEnd === -1 ? undefined : stringTokenValue(text.slice(at, nameEnd));
    const colon = skipBlanks(text, nameEnd);
    if (name === undefined || text[colon] !== ':') return false;
    const start = skipBlanks(text, colon + 1);
    const end = valueEnd(text, start);
    if (end === -1) return false;
    yield { name, start, end };
    at = skipBlanks(text, end);
    if (text[at] === '}') return isEnd(text, at + 1);
    if (text[at] !== ',') return false;
    at = skipBlanks(text, at + 1);
  }
}

/** White space as JSON knows it. */
export const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

const isEnd = (text: string, at: number): boolean => skipBlanks(text, at) === text.length;

const scalarEnd = /[ \t\n\r{}[\]:,"]|$/g;

/** The index just behind the value that begins at `start`, or -1 when there is none. */
function valueEnd(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return stringTokenEnd(text, start);
  if (first === '{' || first === '[') return nestedEnd(text, start);
  scalarEnd.lastIndex = start;
  const end = scalarEnd.exec(text)?.index ?? start;
  return end > start ? end : -1;
}

function nestedEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isQuote(code)) {
      const end = stringTokenEnd(text, at);
      if (end === -1) return -1;
      at = end - 1;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
