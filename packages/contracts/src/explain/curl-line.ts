import type { FindingId } from './findings.ts';
import type { RequestParts, RequestProblem } from './request.ts';
import { shellWords } from './shell-words.ts';

/** What a curl command line would send, and what was noticed in it. */
export type CurlReading =
  | { readonly ok: true; readonly parts: RequestParts; readonly findings: readonly FindingId[] }
  | { readonly ok: false; readonly problem: RequestProblem };

/** Options that matter here, by their long name. */
const options = [
  'request',
  'header',
  'data',
  'data-ascii',
  'data-raw',
  'data-binary',
  'data-urlencode',
  'json',
  'url',
] as const;
type Option = (typeof options)[number];

const isOption = (name: string): name is Option => options.some((option) => option === name);

const shortOptions: Readonly<Record<string, Option>> = { X: 'request', H: 'header', d: 'data' };

/** Options that take a value which changes nothing of what is signed. */
const valueIgnored = new Set(
  'cacert capath cert ciphers connect-timeout connect-to cookie cookie-jar dump-header interface key limit-rate max-redirs max-time noproxy output proxy proxy-user referer resolve retry retry-delay retry-max-time stderr trace trace-ascii user user-agent write-out'.split(
    ' ',
  ),
);
const shortValueIgnored = new Set('AbcDeEmouUwx');

/** Options without a value that change nothing of what is signed. */
const flags = new Set(
  'compressed fail globoff http1.1 http2 include insecure location no-buffer no-progress-meter show-error silent verbose ipv4 ipv6'.split(
    ' ',
  ),
);
const shortFlags = new Set('fgikLNsSv046');

interface Collected {
  method: string | undefined;
  url: string | undefined;
  asQuery: boolean;
  readonly data: Buffer[];
  readonly headers: [name: string, value: string][];
  readonly findings: Set<FindingId>;
}

/** Reads a curl command line as people paste it. Options that it does not know are left out and reported. */
export function readCurl(line: string): CurlReading {
  const split = shellWords(line);
  if (split === undefined) return { ok: false, problem: 'quote-unclosed' };
  const given = split.words.map(asBuffer);
  const words = given[0]?.toString() === '$' ? given.slice(1) : given;
  if (!/^(?:.*[\\/])?curl(?:\.exe)?$/i.test(words[0]?.subarray(0, 1024).toString() ?? ''))
    return { ok: false, problem: 'not-curl' };

  const found: Collected = {
    method: undefined,
    url: undefined,
    asQuery: false,
    data: [],
    headers: [],
    findings: new Set(split.bareAmpersand ? ['curl-ampersand-unquoted'] : []),
  };
  const rest = words.values();
  rest.next();
  for (const word of rest) {
    const problem = readWord(word, () => rest.next().value, found);
    if (problem !== undefined) return { ok: false, problem };
  }
  return assemble(found);
}

function readWord(word: Buffer, next: () => Buffer | undefined, found: Collected): RequestProblem | undefined {
  const text = word.toString();
  if (!text.startsWith('-') || text === '-') {
    takeAddress(text, found);
    return undefined;
  }
  if (text.startsWith('--')) return readLong(text.slice(2), next, found);
  for (let at = 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    const option = Object.hasOwn(shortOptions, letter) ? shortOptions[letter] : undefined;
    // What stands before the value is ASCII, so that characters and bytes count alike.
    const value = () => (at + 1 < text.length ? word.subarray(at + 1) : next());
    if (option !== undefined) return apply(option, value(), found);
    if (shortValueIgnored.has(letter)) {
      value();
      return undefined;
    }
    readFlag(letter, letter === 'G' ? 'get' : letter === 'I' ? 'head' : letter, shortFlags, found);
    if (letter > '~') return undefined;
  }
  return undefined;
}

function readLong(name: string, next: () => Buffer | undefined, found: Collected): RequestProblem | undefined {
  if (isOption(name)) return apply(name, next(), found);
  if (valueIgnored.has(name)) next();
  else readFlag(name, name, flags, found);
  return undefined;
}

function readFlag(given: string, name: string, known: ReadonlySet<string>, found: Collected): void {
  if (name === 'get') found.asQuery = true;
  else if (name === 'head') found.method ??= 'HEAD';
  else if (!known.has(given)) found.findings.add('curl-option-ignored');
}

function apply(option: Option, value: Buffer | undefined, found: Collected): RequestProblem | undefined {
  if (value === undefined) {
    found.findings.add('curl-option-ignored');
    return undefined;
  }
  const fromFile = value[0] === 0x40;
  switch (option) {
    case 'request':
      found.method = value.toString();
      return undefined;
    case 'url':
      takeAddress(value.toString(), found);
      return undefined;
    case 'header':
      if (fromFile) return 'body-in-file';
      readHeader(value.toString(), found);
      return undefined;
    case 'data-raw':
      found.data.push(value);
      return undefined;
    case 'data-urlencode':
      return readUrlEncoded(value.toString(), found);
    case 'data':
    case 'data-ascii':
    case 'data-binary':
    case 'json':
      if (fromFile) return 'body-in-file';
      // curl itself joins the parts of --json without an ampersand.
      if (option === 'json' && found.data.length > 0)
        found.data.push(Buffer.concat([found.data.pop() ?? value, value]));
      else found.data.push(value);
      return undefined;
  }
}

function takeAddress(text: string, found: Collected): void {
  if (found.url === undefined) found.url = text;
  else found.findings.add('curl-option-ignored');
}

/** `name: value`; `name;` is a header without value, and `name:` none at all. */
function readHeader(text: string, found: Collected): void {
  const colon = text.indexOf(':');
  if (colon === -1) {
    if (text.trimEnd().endsWith(';')) found.headers.push([text.trimEnd().slice(0, -1), '']);
    else found.findings.add('curl-option-ignored');
    return;
  }
  const value = text.slice(colon + 1).trim();
  if (value !== '') found.headers.push([text.slice(0, colon), value]);
}

/** `content`, `=content` or `name=content`, of which the content is percent-encoded. */
function readUrlEncoded(text: string, found: Collected): RequestProblem | undefined {
  const equals = text.indexOf('=');
  if (equals === -1 && text.includes('@')) return 'body-in-file';
  const name = equals < 1 ? '' : `${text.slice(0, equals)}=`;
  found.data.push(Buffer.from(name + encodeURIComponent(text.slice(equals + 1).toWellFormed())));
  return undefined;
}

function assemble(found: Collected): CurlReading {
  if (found.url === undefined) return { ok: false, problem: 'address-missing' };
  const data = found.data.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from('&'), part]));
  const body = Buffer.concat(data);
  // Of a repeated header the first stays, as everywhere here.
  const headers = Object.fromEntries(
    found.headers.toReversed().map(([name, value]) => [name.trim().toLowerCase(), value]),
  );
  const parts: RequestParts = found.asQuery
    ? { method: found.method ?? 'GET', url: withQuery(found.url, body.toString()), headers }
    : { method: found.method ?? (found.data.length > 0 ? 'POST' : 'GET'), url: found.url, headers, body };
  return { ok: true, parts, findings: [...found.findings] };
}

function withQuery(url: string, data: string): string {
  if (data === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${data}`;
}

/** The same bytes, with what Node can do with them. */
const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
