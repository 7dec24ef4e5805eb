import { isJson } from '../json/sort-members.ts';
import { decodeUtf8 } from '../utf8.ts';
import { asDouble, asSent, escaping, escapingSlashes, type Layout, minimal, type Spelling, setAnew } from './layout.ts';
import { sorted, sortedDeep, sortedDescending, sortedWithNulls, withoutNulls } from './member-order.ts';
import { type Axes, combine, distinct, right, type Variant, wrong } from './variants.ts';

/** What may have been signed of a body. `exhaustive` is false for one too long for every variant. */
export interface Payloads {
  readonly variants: readonly Variant<Uint8Array>[];
  readonly exhaustive: boolean;
}

/** Bodies up to these many bytes are tried in every form; up to the second figure, in the commonest ones; beyond, in few. */
const shortBody = 16 * 1024;
const longBody = 1024 * 1024;

/**
 * Every form of a body that is tried, each once, the likeliest first: at most about 150 buffers of a short body, fifteen of
 * a long one, five of one still longer. Never throws.
 */
export function payloadVariants(received: Uint8Array, text = decodeUtf8(received)): Payloads {
  const body = asBuffer(received);
  const whole = [right(body), ...aroundTheBody(body)];
  if (body.length > longBody) return { variants: distinctBytes(whole), exhaustive: false };
  const json = text !== undefined && isJson(text) ? text : undefined;
  const exhaustive = body.length <= shortBody;
  // What says how the body was written comes first: of two names for the same bytes the first is taken.
  const variants = [
    ...whole,
    ...inOtherBytes(body, text),
    ...(json === undefined || !exhaustive ? [] : setInEveryWay(json)),
    ...(json === undefined ? [] : reserialised(json)),
  ];
  return { variants: distinctBytes(variants.sort((a, b) => a.cost - b.cost)), exhaustive };
}

const distinctBytes = (variants: readonly Variant<Buffer>[]): readonly Variant<Buffer>[] =>
  distinct(variants, (bytes) => bytes.toString('latin1'));

const bom = Buffer.of(0xef, 0xbb, 0xbf);

function aroundTheBody(body: Buffer): readonly Variant<Buffer>[] {
  const startsWithBom = body.subarray(0, 3).equals(bom);
  return [
    wrong(Buffer.concat([body, Buffer.from('\n')]), 'body-newline-added'),
    wrong(Buffer.concat([body, Buffer.from('\r\n')]), 'body-newline-added'),
    wrong(withoutBlanksAround(body), 'body-blanks-removed'),
    startsWithBom ? wrong(body.subarray(3), 'body-bom-removed') : wrong(Buffer.concat([bom, body]), 'body-bom-added'),
    wrong(Buffer.alloc(0), 'body-left-out'),
  ];
}

function withoutBlanksAround(body: Buffer): Buffer {
  let start = 0;
  let end = body.length;
  const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
  while (start < end && isBlank(body[start])) start += 1;
  while (end > start && isBlank(body[end - 1])) end -= 1;
  return body.subarray(start, end);
}

function inOtherBytes(body: Buffer, text: string | undefined): readonly Variant<Buffer>[] {
  const asLatin1 = wrong(Buffer.from(body.toString('latin1')), 'body-read-as-latin1');
  if (text === undefined) return [asLatin1];
  const latin1 = [...text].map((character) => (character > 'ÿ' ? '?' : character)).join('');
  return [
    wrong(Buffer.from(text.replaceAll('\r\n', '\n')), 'body-line-ends-changed'),
    wrong(Buffer.from(text.replaceAll(/\r?\n/g, '\r\n')), 'body-line-ends-changed'),
    asLatin1,
    wrong(Buffer.from(latin1, 'latin1'), 'body-written-as-latin1'),
    wrong(Buffer.from(JSON.stringify(text)), 'body-quoted'),
  ];
}

/** What a parser and a writer make of the body without being told more. The store's own reading is right (R4). */
function reserialised(json: string): readonly Variant<Buffer>[] {
  const store = sorted(json);
  return [
    ...(store === undefined ? [] : [right(Buffer.from(store))]),
    ...written((text) => JSON.stringify(JSON.parse(text)), json, 'body-reserialised'),
    ...written((text) => setAnew(text, 'compact', kept), json, 'body-reserialised'),
    ...written((text) => setAnew(text, 'compact', { ...kept, string: minimal }), json, 'body-reserialised'),
    ...written(sortedDescending, json, 'body-sorted-descending'),
    ...written(sortedWithNulls, json, 'body-nulls-kept'),
    ...written(withoutNulls, json, 'body-nulls-dropped'),
    ...written(sortedDeep, json, 'body-sorted-deep'),
  ];
}

function written(
  write: (json: string) => string | undefined,
  json: string,
  mistake:
    | 'body-reserialised'
    | 'body-sorted-descending'
    | 'body-nulls-kept'
    | 'body-nulls-dropped'
    | 'body-sorted-deep',
): readonly Variant<Buffer>[] {
  try {
    const text = write(json);
    return text === undefined ? [] : [wrong(Buffer.from(text), mistake)];
  } catch {
    return []; // nested too deep for the platform's writer, which says so by a RangeError
  }
}

interface Setting {
  readonly members: string;
  readonly layout: Layout;
  readonly string: Spelling['string'];
  readonly number: Spelling['number'];
  readonly end: string;
}

const kept: Spelling = { string: asSent, number: asSent };
const outsideAscii = /\P{ASCII}/gu;
const ascii = escaping(outsideAscii);

/** The body written anew with up to two choices made otherwise. */
function setInEveryWay(json: string): readonly Variant<Buffer>[] {
  const orders = reserialised(json).map((each) => ({ ...each, value: each.value.toString() }));
  const axes: Axes<Setting> = {
    members: distinct([right(json), ...orders], (text) => text),
    layout: [
      right('as-sent'),
      wrong('compact', 'body-reserialised'),
      wrong('spaced', 'body-spaced'),
      wrong('  ', 'body-indented'),
      wrong('    ', 'body-indented'),
      wrong('\t', 'body-indented'),
    ],
    string: [
      right(asSent),
      wrong(minimal, 'body-unescaped'),
      wrong(ascii, 'body-escaped'),
      wrong(escaping(outsideAscii, true), 'body-escaped'),
      wrong(escapingSlashes(minimal), 'body-slashes-escaped'),
      wrong(escapingSlashes(ascii), 'body-slashes-escaped', 'body-escaped'),
      wrong(escaping(/[<>&\u2028\u2029]/g), 'body-html-escaped'),
      wrong(escaping(/[<>&='\u2028\u2029]/g), 'body-html-escaped'),
    ],
    number: [right(asSent), wrong(asDouble, 'body-numbers-rewritten')],
    end: [right(''), wrong('\n', 'body-newline-added')],
  };
  return combine(axes, 2).map(({ value, mistakes, cost }) => ({
    value: Buffer.from(setAnew(value.members, value.layout, value) + value.end),
    mistakes: plain(mistakes),
    cost,
  }));
}

/** To write anew is no mistake of its own where it is said how. */
const plain = (mistakes: Variant<Setting>['mistakes']): Variant<Setting>['mistakes'] => {
  const how = mistakes.filter((id) => id !== 'body-reserialised');
  return how.length > 0 ? how : mistakes.slice(0, 1);
};

/** The same bytes, with what Node can do with them. */
const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
