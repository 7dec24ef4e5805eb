import { isQuote, stringTokenEnd, stringTokenValue } from './string-token.ts';

/**
 * A JSON object as the store's own sample serialises it before signing (R4): top-level members sorted by the UTF-16
 * code units of their names, top-level nulls dropped, nested order kept, no white space between tokens, strings
 * escaped as little as JSON allows, number tokens exactly as received.
 * `undefined` when the text is no JSON object. Of a repeated name the last one stays, as in a parser; R5 refuses it later.
 */
export function sortMembers(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  const tokens = [...compactTokens(text)];
  if (tokens[0] !== '{') return undefined;
  const kept = [...membersOf(tokens)].filter(([, value]) => value !== 'null').sort(byCodeUnits);
  return `{${kept.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

const byCodeUnits = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const blank = /[ \t\n\r]/;
const structural = /[{}[\]:,]/;
const scalarEnd = /[ \t\n\r{}[\]:,]/g;

/** The tokens of a text that is known to be JSON, strings re-escaped. */
function* compactTokens(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (blank.test(character)) {
      at += 1;
    } else if (structural.test(character)) {
      yield character;
      at += 1;
    } else if (isQuote(text.charCodeAt(at))) {
      const end = stringTokenEnd(text, at);
      yield JSON.stringify(stringTokenValue(text.slice(at, end)));
      at = end;
    } else {
      scalarEnd.lastIndex = at;
      const end = scalarEnd.exec(text)?.index ?? text.length;
      yield text.slice(at, end);
      at = end;
    }
  }
}

/** The members of an object's tokens; what is nested stays one piece of text. */
function membersOf(tokens: readonly string[]): Map<string, string> {
  const members = new Map<string, string>();
  for (let at = 1; tokens[at] !== '}'; ) {
    if (tokens[at] === ',') at += 1;
    const name: string = JSON.parse(tokens[at] ?? '""');
    const end = valueEnd(tokens, at + 2); // behind the name and its colon
    members.set(name, tokens.slice(at + 2, end).join(''));
    at = end;
  }
  return members;
}

function valueEnd(tokens: readonly string[], start: number): number {
  let depth = 0;
  let at = start;
  do {
    const token = tokens[at];
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    at += 1;
  } while (depth > 0);
  return at;
}
