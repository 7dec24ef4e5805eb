import { hexToken, readParts, type TokenReading } from './form.ts';

/** A security token as it travels. All three are kept as the text that was received: the digits are signed as they stand (R2). */
export interface SecurityToken {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/**
 * Finds the token in a raw query string (without the question mark) and checks its form (R2, R3, R7).
 * Other parameters are ignored (R8). A plus sign stands for itself: no page says that values are form-encoded, and a
 * nonce holds no blanks.
 */
export function readToken(query: string): TokenReading {
  let signature: string | undefined;
  let timestamp: string | undefined;
  let nonce: string | undefined;
  for (let from = 0, to = 0; to < query.length; from = to + 1) {
    // One pair at a time, so that a query of ten thousand signatures is refused at the second.
    const next = query.indexOf('&', from);
    to = next === -1 ? query.length : next;
    const pair = query.slice(from, to);
    const equals = pair.indexOf('=');
    switch (decode(equals === -1 ? pair : pair.slice(0, equals))) {
      case 'signature':
        if (signature !== undefined) return repeated;
        signature = valueIn(pair, equals);
        break;
      case 'timestamp':
        if (timestamp !== undefined) return repeated;
        timestamp = valueIn(pair, equals);
        break;
      case 'nonce':
        if (nonce !== undefined) return repeated;
        nonce = valueIn(pair, equals);
        break;
    }
  }
  return readParts(hexToken, signature ?? '', timestamp ?? '', nonce ?? '');
}

const repeated: TokenReading = { ok: false, refusal: 'parameter-repeated' };

// What cannot be decoded keeps a character that no form allows.
const valueIn = (pair: string, equals: number): string =>
  equals === -1 ? '' : (decode(pair.slice(equals + 1)) ?? '\u0000');

function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
