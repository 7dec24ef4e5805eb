import { gunzipSync } from 'node:zlib';
import { sortMembers } from '@koobridge/contracts';
import { type Context, faithful, type Json, type Reply, type Steps } from '../reference/steps.ts';
import { mutantsOf } from './mutant.ts';

const { decode, parse, payloads, findRepeated } = faithful;

/** Answers some requests as a framework does. */
export const errorPage =
  (when: (context: Context) => boolean, status = 500) =>
  (): Partial<Steps> => ({
    afterwards: (reply, context) => (when(context) ? page(status) : reply),
  });

const page = (status: number): Reply => ({ status, headers: { 'Content-Type': 'text/html' }, body: '<h1>Error</h1>' });

const sorted = (body: Buffer): readonly Uint8Array[] => {
  const text = sortMembers(body.toString());
  return text === undefined ? [] : [Buffer.from(text)];
};

const reserialised = (body: Buffer): Buffer => {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(body.toString())));
  } catch {
    return body;
  }
};

const refusing = (when: (json: Json) => boolean) => (): Partial<Steps> => ({
  alsoRefuses: (_activity, json) => (when(json) ? 'a member is unknown' : undefined),
});

export const bodyMutants = mutantsOf('body', {
  'one-reading': () => ({ payloads: (body) => (sorted(body).some((text) => body.equals(text)) ? [body] : []) }),
  'raw-reading': () => ({ payloads: sorted }),
  'sorted-reading': () => ({ payloads: (body) => [body] }),
  spaced: () => ({ payloads: (body) => (body.includes('\n') ? [] : payloads(body)) }),
  unicode: () => ({ payloads: (body) => [Buffer.from(body.toString('latin1'))] }),
  escaped: () => ({ payloads: (body) => [reserialised(body), ...sorted(body)] }),
  'unknown-member': refusing((json) => 'zNewMember' in json),
  'proto-member': refusing((json) => Object.hasOwn(json, '__proto__')),
  large: () => ({ longestBody: 100 * 1024 }),
  oversized: () => ({ longestBody: undefined }),
  chunked: () => ({ chunkedBodies: false }),
  'in-pieces': () => ({ reads: 'first-packet' }),
  'cut-short': () => ({ reads: 'until-it-parses' }),
  charset: () => ({ takesType: (type) => type !== 'application/json;charset=utf8' }),
  'other-type': () => ({ takesType: (type) => type === undefined || type.startsWith('application/json') }),
  'no-type': () => ({ takesType: (type) => type !== undefined }),
  'not-json': errorPage(({ incoming }) => incoming.body.toString().startsWith('activity='), 400),
  empty: errorPage(({ incoming }) => incoming.body.length === 0, 400),
  array: () => ({
    parse(text) {
      const value: unknown = text.startsWith('[{') ? JSON.parse(text)[0] : undefined;
      return value === undefined ? parse(text) : parse(JSON.stringify(value));
    },
  }),
  null: () => ({
    parse(text) {
      if (text === 'null') throw new TypeError('null has no activity');
      return parse(text);
    },
  }),
  'byte-order-mark': () => ({ decode: (body) => decode(body)?.replace(/^\ufeff/, '') }),
  'invalid-utf8': () => ({ decode: (body) => body.toString('utf8') }),
  deep: () => ({
    parse(text) {
      if (text.startsWith('[[[')) throw new RangeError('the stack is full');
      return parse(text);
    },
  }),
  'repeated-member': () => ({ findRepeated: (text) => (text.includes('zNested') ? findRepeated(text) : undefined) }),
  'repeated-nested-member': () => ({
    findRepeated: (text) => (text.includes('zNested') ? undefined : findRepeated(text)),
  }),
  compressed: () => ({
    takesEncoding: () => true,
    decode: (body) => decode(body[0] === 0x1f ? gunzipSync(body) : body),
  }),
});
