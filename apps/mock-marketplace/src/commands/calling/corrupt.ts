import type { RequestToPrint } from '@koobridge/contracts';

/** What may be changed behind the back of the signature. */
export const corruptions = ['signature', 'body', 'nonce', 'timestamp'] as const;
export type Corruption = (typeof corruptions)[number];

export const isCorruption = (text: string): text is Corruption => corruptions.some((name) => name === text);

/** What each part of a token is called: in the query of a base interface, as a header of the Kit, and in V1. */
const places: Readonly<Record<Exclude<Corruption, 'body'>, readonly string[]>> = {
  signature: ['signature', 'x-sign', 'authToken'],
  nonce: ['nonce', 'x-nonce'],
  timestamp: ['timestamp', 'x-timestamp', 'timeStamp'],
};

/** The signed request with one thing changed; it stays well-formed, so that only the check of the signature can tell. */
export function corrupt<Request extends RequestToPrint>(request: Request, what: Corruption): Request {
  if (what === 'body' && request.body.length > 0) return { ...request, body: changedBody(request.body) };
  const names = what === 'body' ? ['activity'] : places[what];
  const url = names.reduce((text, name) => text.replace(new RegExp(`(?<=[?&]${name}=)[^&#]+`), changed), request.url);
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    names.includes(name) ? changed(value) : value,
  ]);
  const inBody = what === 'timestamp' && url === request.url && typeof request.body === 'string';
  return {
    ...request,
    url,
    headers: Object.fromEntries(headers),
    body: inBody ? request.body.replace(/(?<="timeStamp":")\d+/, changed) : request.body,
  };
}

/**
 * Another text of the same length and alphabet. Of a time the last digit changes, so that it stays in the window; of a
 * signature none at the end, where Base64 has bits to spare.
 */
function changed(text: string): string {
  const isTime = /^\d{13,17}$/.test(text);
  const index = isTime ? text.length - 1 : text.search(/(?<!%[0-9A-F]?)[0-9a-zA-Z]/);
  const character = text.charAt(index);
  const others = /\d/.test(character) ? '01' : /[a-z]/.test(character) ? 'ab' : 'AB';
  return text.slice(0, index) + (character === others[0] ? others[1] : others[0]) + text.slice(index + 1);
}

/** A member more, which a receiver ignores (R10) unless it checks the signature. */
function changedBody(body: string | Uint8Array): string {
  const text = Buffer.from(body).toString();
  const end = text.lastIndexOf('}');
  if (end === -1) return `${text} `;
  const comma = /\{\s*$/.test(text.slice(0, end)) ? '' : ',';
  return `${text.slice(0, end)}${comma}"changed":"after signing"${text.slice(end)}`;
}
