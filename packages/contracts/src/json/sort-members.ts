import { isQuote, stringTokenEnd, stringTokenValue } from './string-token.ts';
import { isBlank, topLevelMembers } from './top-level-members.ts';

/**
 * A JSON object as the store's own sample serialises it before signing (R4): top-level members sorted by the UTF-16
 * code units of their names, top-level nulls dropped, nested order kept, no white space between tokens, strings
 * escaped as little as JSON allows, number tokens exactly as received.
 * `undefined` when the text is no JSON object. Of a repeated name the last one stays, as in a parser; R5 refuses it later.
 */
export function sortMembers(text: string): string | undefined {
  return isJson(text) ? sortUnchecked(text, Number.POSITIVE_INFINITY) : undefined;
}

/**
 * The same for a text that may be no JSON, in which case the result means nothing, and for at most `most` members:
 * cheap enough to be done for a body before anybody has vouched for it.
 */
export function sortUnchecked(text: string, most: number): string | undefined {
  const members = new Map<string, string>();
  const walk = topLevelMembers(text);
  let step = walk.next();
  for (; !step.done; step = walk.next()) {
    const { name, start, end } = step.value;
    const value = compact(text, start, end);
    if (value === undefined || members.size >= most) return undefined;
    members.set(name, value);
  }
  if (!step.value) return undefined;
  const kept = [...members].filter(([, value]) => value !== 'null').sort(byCodeUnits);
  return `{${kept.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

const byCodeUnits = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A stretch of text without white space between its tokens, strings re-escaped; `undefined` where an escape is broken. */
export function compact(text: string, start: number, end: number): string | undefined {
  const pieces: string[] = [];
  let kept = start;
  for (let at = start; at < end; ) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) {
      pieces.push(text.slice(kept, at));
      at += 1;
      kept = at;
    } else if (isQuote(code)) {
      const tokenEnd = stringTokenEnd(text, at);
      const token = text.slice(at, tokenEnd);
      if (token.includes('\\')) {
        const value = stringTokenValue(token);
        if (value === undefined) return undefined;
        pieces.push(text.slice(kept, at), JSON.stringify(value));
        kept = tokenEnd;
      }
      at = tokenEnd;
    } else {
      at += 1;
    }
  }
  pieces.push(text.slice(kept, end));
  return pieces.join('');
}
