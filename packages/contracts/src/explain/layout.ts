import { stringTokenEnd, stringTokenValue } from '../json/string-token.ts';

/** How a JSON text is set: as it was, without white space, with a blank behind commas and colons, or indented. */
export type Layout = 'as-sent' | 'compact' | 'spaced' | '  ' | '    ' | '\t';

/** How the strings and numbers of a JSON text are written. */
export interface Spelling {
  readonly string: (token: string) => string;
  readonly number: (token: string) => string;
}

/**
 * Sets a JSON text anew, every string and number in the given spelling. The text must be JSON. One pass, no recursion.
 */
export function setAnew(text: string, layout: Layout, spelling: Spelling): string {
  const indent = layout.trim() === '' ? layout : undefined;
  const pieces: string[] = [];
  let depth = 0;
  let opened = false; // the token before opened an object or array, which may turn out to be empty
  const line = () => (indent === undefined ? '' : `\n${indent.repeat(Math.min(depth, deepest))}`);
  for (const token of tokens(text)) {
    const first = token.charAt(0);
    if (blank.test(first)) {
      if (layout === 'as-sent') pieces.push(token);
      continue;
    }
    const closes = first === '}' || first === ']';
    if (closes) depth -= 1;
    if (opened !== closes && (opened || closes)) pieces.push(line());
    opened = first === '{' || first === '[';
    if (opened) depth += 1;
    if (first === ',') pieces.push(',', layout === 'spaced' ? ' ' : line());
    else if (first === ':') pieces.push(layout === 'as-sent' || layout === 'compact' ? ':' : ': ');
    else if (first === '"') pieces.push(spelling.string(token));
    else pieces.push(digit.test(first) ? spelling.number(token) : token);
  }
  return pieces.join('');
}

/** Deeper levels are not indented further, so that depth costs no quadratic work. */
const deepest = 64;

const blank = /[ \t\n\r]/;
const digit = /[-0-9]/;
const scalarOrBlanks = /[ \t\n\r]+|[^ \t\n\r{}[\]:,"]+/y;

function* tokens(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    if (text[at] === '"') {
      end = stringTokenEnd(text, at);
      if (end === -1) return;
    } else {
      scalarOrBlanks.lastIndex = at;
      if (scalarOrBlanks.test(text)) end = scalarOrBlanks.lastIndex;
    }
    yield text.slice(at, end);
    at = end;
  }
}

export const asSent: Spelling['string'] = (token) => token;

/** Strings with as few escapes as JSON allows. */
export const minimal: Spelling['string'] = (token) =>
  token.includes('\\') ? JSON.stringify(stringTokenValue(token) ?? '') : token;

/** Strings with every character of a class as an escape. */
export const escaping =
  (characters: RegExp, upperCase = false): Spelling['string'] =>
  (token) =>
    minimal(token).replaceAll(characters, (character) =>
      character
        .split('')
        .map((unit) => unitEscape(unit, upperCase))
        .join(''),
    );

function unitEscape(unit: string, upperCase: boolean): string {
  const digits = unit.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${upperCase ? digits.toUpperCase() : digits}`;
}

/** Strings with their slashes behind a backslash. */
export const escapingSlashes =
  (inner: Spelling['string']): Spelling['string'] =>
  (token) =>
    inner(token).replaceAll('/', '\\/');

/** A number as a double prints. */
export const asDouble: Spelling['number'] = (token) => JSON.stringify(Number(token));
