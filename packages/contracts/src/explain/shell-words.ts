/** A command line taken apart as a POSIX shell does it, as far as quoting goes: nothing is expanded or run. */
export interface ShellWords {
  /** The words as the bytes a program would be given. */
  readonly words: readonly Uint8Array[];
  /** An ampersand stood outside quotes, where a shell ends the command; it was read as a character all the same. */
  readonly bareAmpersand: boolean;
}

/** What a line consists of: blanks, plain characters, the opening of a quotation, an escape, any other character. */
const piece = /(\s+)|([^\s'"\\$&]+)|(\$'|'|")|\\(\r?\n|[\s\S])|([\s\S])/y;

/** Splits a command line in one pass. `undefined` when a quote never closes. */
export function shellWords(line: string): ShellWords | undefined {
  const words: Buffer[] = [];
  let pieces: Buffer[] = [];
  let begun = false; // an empty pair of quotes makes an empty word
  let bareAmpersand = false;
  const finish = () => {
    if (begun) words.push(Buffer.concat(pieces));
    pieces = [];
    begun = false;
  };
  for (let at = 0; at < line.length; ) {
    piece.lastIndex = at;
    const [whole = '', blanks, plain, opening, escaped, other] = piece.exec(line) ?? [];
    at += whole.length;
    if (blanks !== undefined) finish();
    else if (opening !== undefined) {
      const end = closingQuote(line, at, opening);
      if (end === -1) return undefined;
      pieces.push(quoted(opening, line.slice(at, end)));
      begun = true;
      at = end + 1;
    } else if (escaped === undefined || !escaped.endsWith('\n')) {
      if (other === '&') bareAmpersand = true;
      pieces.push(Buffer.from(plain ?? escaped ?? other ?? ''));
      begun = true;
    }
  }
  finish();
  return { words, bareAmpersand };
}

/** Where the quotation ends; a backslash protects what follows it, except between single quotes. */
function closingQuote(line: string, from: number, opened: string): number {
  const quote = opened === '"' ? '"' : "'";
  if (opened === "'") return line.indexOf(quote, from);
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === quote) return at;
  }
  return -1;
}

const withinDoubleQuotes = (text: string): string =>
  text.replaceAll(/\\(?:\r?\n|([$`"\\]))/g, (_, kept: string | undefined) => kept ?? '');

const named: Readonly<Record<string, number>> = { a: 7, b: 8, e: 27, E: 27, f: 12, n: 10, r: 13, t: 9, v: 11 };

const dollarEscape =
  /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|([\s\S]))|([^\\]+)/g;

/** The bytes of $'…': an \x or octal escape is a byte, a \u escape a character in UTF-8. */
function unescaped(text: string): Buffer {
  const pieces: Buffer[] = [];
  for (const [, hex, short, long, octal, letter, run] of text.matchAll(dollarEscape)) {
    const point = Number.parseInt(short ?? long ?? '', 16);
    if (hex !== undefined) pieces.push(Buffer.of(Number.parseInt(hex, 16)));
    else if (octal !== undefined) pieces.push(Buffer.of(Number.parseInt(octal, 8) & 0xff));
    else if (!Number.isNaN(point)) pieces.push(Buffer.from(String.fromCodePoint(Math.min(point, 0x10ffff))));
    else if (letter !== undefined) {
      const code = Object.hasOwn(named, letter) ? named[letter] : undefined;
      pieces.push(code === undefined ? Buffer.from(/['"\\?]/.test(letter) ? letter : `\\${letter}`) : Buffer.of(code));
    } else pieces.push(Buffer.from(run ?? ''));
  }
  return Buffer.concat(pieces);
}

function quoted(opening: string, text: string): Buffer {
  if (opening === "$'") return unescaped(text);
  return Buffer.from(opening === '"' ? withinDoubleQuotes(text) : text);
}
