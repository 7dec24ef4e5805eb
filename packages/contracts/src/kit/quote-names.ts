import { isQuote, stringTokenEnd } from '../json/string-token.ts';

/** Where a string or a member may begin. */
const opening = /["{,]/g;

/** A member that begins with a bare name: a brace or a comma, white space, the name, and the colon it belongs to. */
const bareMember = /([{,][ \t\n\r]*)([A-Za-z_$][A-Za-z0-9_$]{0,63})(?=[ \t\n\r]*:)/y;

/** A text with the bare member names outside its strings put in quotes, and nothing else changed. One pass. */
export function quoteNames(text: string): string {
  const pieces: string[] = [];
  let kept = 0;
  let at = nextOpening(text, 0);
  while (at !== -1) {
    const [next, quoted] = isQuote(text.charCodeAt(at)) ? [stringTokenEnd(text, at)] : memberAt(text, at);
    if (next === -1) break;
    if (quoted !== undefined) {
      pieces.push(text.slice(kept, at), quoted);
      kept = next;
    }
    at = nextOpening(text, next);
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}

function nextOpening(text: string, from: number): number {
  opening.lastIndex = from;
  return opening.exec(text)?.index ?? -1;
}

/** Where to go on behind a brace or a comma, and what stands there instead when a bare name follows. */
function memberAt(text: string, at: number): readonly [next: number, quoted?: string] {
  bareMember.lastIndex = at;
  const match = bareMember.exec(text);
  if (match === null) return [at + 1];
  const [all, before, name] = match;
  return [at + all.length, `${before}"${name}"`];
}
