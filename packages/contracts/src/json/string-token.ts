const quote = 0x22;
const backslash = 0x5c;

/**
 * The index just behind the string token that opens at `start`, or -1 when it never closes.
 * Jumps from quote to quote, so long strings cost no step per character.
 */
export function stringTokenEnd(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at === -1 ? -1 : at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let run = at - 1;
  while (text.charCodeAt(run) === backslash) run -= 1;
  return (at - run) % 2 === 0;
}

/** The value of a string token (with its quotes). `undefined` when its escapes are broken. */
export function stringTokenValue(token: string): string | undefined {
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    return JSON.parse(token) as string; // a text that opens with a quote and parses is a string
  } catch {
    return undefined;
  }
}

export const isQuote = (code: number): boolean => code === quote;
