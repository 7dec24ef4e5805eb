import type { MistakeId } from './mistakes.ts';
import type { ReadRequest } from './request.ts';

/** The three parts of a token of 2.0 as they were found, wherever that was; a missing one is empty. */
export interface FoundToken {
  readonly place: 'query' | 'headers';
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  /** The nonce before percent-decoding. */
  readonly rawNonce: string;
  /** What is wrong with names and separators. */
  readonly mistakes: readonly MistakeId[];
}

type PartName = 'signature' | 'timestamp' | 'nonce';

/** Names that mean a part of the token, the right one of a query first, the right one of the headers second. */
const names: Readonly<Record<PartName, readonly string[]>> = {
  signature: ['signature', 'x-sign', 'x-signature', 'sign'],
  timestamp: ['timestamp', 'x-timestamp'],
  nonce: ['nonce', 'x-nonce'],
};
const partNames = ['signature', 'timestamp', 'nonce'] as const;

const partOf = (name: string): PartName | undefined =>
  partNames.find((part) => names[part].includes(name.toLowerCase()));

/** The token in the query, mended where a web page spoiled its separators. `undefined` when there is no part of one. */
export function tokenInQuery(query: string): FoundToken | undefined {
  const { text, mistakes } = mend(query);
  const found: Partial<Record<PartName, { readonly name: string; readonly raw: string }>> = {};
  const noticed = new Set<MistakeId>(mistakes);
  for (const { name, raw } of rawPairs(text)) {
    const part = partOf(name);
    if (part === undefined) continue;
    if (found[part] !== undefined) noticed.add('parameter-repeated');
    else found[part] = { name, raw };
  }
  for (const part of partNames)
    if (found[part] !== undefined && found[part].name !== part) noticed.add('token-misnamed');
  if (Object.keys(found).length === 0) return undefined;
  const value = (part: PartName) => decoded(found[part]?.raw ?? '');
  return {
    place: 'query',
    signature: value('signature'),
    timestamp: value('timestamp'),
    nonce: value('nonce'),
    rawNonce: found.nonce?.raw ?? '',
    mistakes: [...noticed],
  };
}

/** The token in the headers. `undefined` when there is no part of one. */
export function tokenInHeaders(headers: ReadRequest['headers']): FoundToken | undefined {
  const found = (part: PartName) => {
    const [inQuery = '', inHeaders = '', ...others] = names[part];
    return [inHeaders, ...others, inQuery].find((name) => headers.has(name));
  };
  const [signature, timestamp, nonce] = partNames.map(found);
  if (signature === undefined && timestamp === undefined && nonce === undefined) return undefined;
  const misnamed = partNames.some((part) => (found(part) ?? names[part][1]) !== names[part][1]);
  const value = (name: string | undefined) => headers.get(name ?? '') ?? '';
  return {
    place: 'headers',
    signature: value(signature),
    timestamp: value(timestamp),
    nonce: value(nonce),
    rawNonce: value(nonce),
    mistakes: misnamed ? ['token-misnamed'] : [],
  };
}

/** The pairs of a query as they stand, names decoded. */
export function* rawPairs(query: string): Generator<{ readonly name: string; readonly raw: string }> {
  for (const pair of query.split('&', mostPairs)) {
    const equals = pair.indexOf('=');
    if (equals === -1) yield { name: decoded(pair), raw: '' };
    else yield { name: decoded(pair.slice(0, equals)), raw: pair.slice(equals + 1) };
  }
}

/** Documented requests have a few dozen parameters; what follows these is not looked at. */
const mostPairs = 1_000;

const namesTimestamp = /(?:^|&)timestamp=/;
/** The sign as a character, and percent-encoded in UTF-8 and in Latin-1. */
const times = /&?(?:×|%C3%97|%D7)tamp=/gi;

function mend(query: string): { readonly text: string; readonly mistakes: readonly MistakeId[] } {
  const mistakes: MistakeId[] = [];
  let text = query;
  if (/&amp;/i.test(text)) {
    text = text.replaceAll(/&amp;/gi, '&');
    mistakes.push('ampersand-entity');
  }
  if (!namesTimestamp.test(text)) {
    const mended = text.replaceAll(times, '&timestamp=');
    if (mended !== text) mistakes.push('times-entity');
    text = mended;
  }
  return { text, mistakes };
}

/** Percent-decoded, or as it stands where that is impossible. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
