import { createHash, randomUUID } from 'node:crypto';
import { refusalCode, refusalSentence, type TokenRefusal } from '@koobridge/contracts';
import type { Delivery, Scheme } from './scheme.ts';

/** What the server answers where that is not what became of the token. */
export interface ServerAnswer {
  readonly resultCode: '000000' | '000001' | '000002';
  /** What the message says. */
  readonly says?: string;
  /** How many receipts are left: one if the store did send it. */
  readonly receipts: 0 | 1;
}

/** One answer, or an HTTP status where the input is none of the store's business. */
export type Wanted = ServerAnswer | number;

export type TokenGroup = 'signature' | 'timestamp' | 'nonce' | 'signed body';

/** An input whose point is in the token or in what it signs. */
export interface TokenInput {
  readonly group: TokenGroup;
  readonly name: string;
  /** What this project makes of the token. Others should accept and refuse alike, unless `elsewhere` says otherwise. */
  readonly wanted: 'accepted' | TokenRefusal;
  readonly elsewhere?: 'accepted' | 'refused';
  readonly answer?: ServerAnswer;
  /** There is much of something that must not cost much: at most twenty times what a good call costs. */
  readonly isMuch?: true;
  /** Undefined where the scheme has nothing of the kind. */
  deliver(craft: Craft): Delivery | undefined;
}

/** What the server answers to an input. */
export function answerTo({ answer, wanted }: TokenInput): ServerAnswer {
  if (answer !== undefined) return answer;
  if (wanted === 'accepted') return { resultCode: '000000', receipts: 1 };
  const resultCode = refusalCode(wanted) as ServerAnswer['resultCode']; // every refusal has one of the other two
  return { resultCode, says: refusalSentence(wanted), receipts: 0 };
}

export interface Craft {
  readonly scheme: Scheme;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A good renewal that was not sent before. */
  readonly body: Buffer;
  /** A right delivery, signed as it stands. */
  good(parts?: { readonly body?: Uint8Array; readonly timestamp?: string; readonly id?: string }): Delivery;
}

export function craft(scheme: Scheme, now: number, body: Buffer): Craft {
  return {
    scheme,
    now,
    body,
    good(parts = {}) {
      const message = { body, timestamp: String(now / scheme.unitMs), id: randomUUID(), ...parts };
      return { ...message, signatures: [scheme.sign(message)] };
    },
  };
}

/** A good delivery whose signature is replaced by what `change` makes of it. */
const signature =
  (change: (good: string, craft: Craft) => readonly string[] | string | undefined) =>
  (given: Craft): Delivery | undefined => {
    const good = given.good();
    const changed = change(good.signatures[0] ?? '', given);
    return changed === undefined
      ? undefined
      : { ...good, signatures: typeof changed === 'string' ? [changed] : changed };
  };

/** A good delivery whose timestamp is changed on the way. */
const timestamp =
  (change: (good: string, craft: Craft) => string | undefined) =>
  (given: Craft): Delivery | undefined => {
    const good = given.good();
    return given.scheme.hasTimestamp ? { ...good, timestamp: change(good.timestamp ?? '', given) } : undefined;
  };

/** A delivery signed so far from now; `units` beyond the scheme's window in that direction. */
const signedAt =
  (direction: -1 | 1, units: number) =>
  ({ scheme, now, good }: Craft): Delivery | undefined =>
    scheme.hasTimestamp
      ? good({ timestamp: String(now / scheme.unitMs + direction * (scheme.windowMs / scheme.unitMs + units)) })
      : undefined;

/** A delivery whose timestamp is this text, signed as it stands. */
const signedTime =
  (text: (craft: Craft) => string) =>
  (given: Craft): Delivery | undefined =>
    given.scheme.hasTimestamp ? given.good({ timestamp: text(given) }) : undefined;

/** A good delivery whose id is changed on the way. */
const id =
  (change: (good: string) => string | undefined) =>
  (given: Craft): Delivery | undefined => {
    const good = given.good();
    return given.scheme.hasId ? { ...good, id: change(good.id ?? '') } : undefined;
  };

const signedId =
  (text: string) =>
  ({ scheme, good }: Craft): Delivery | undefined =>
    scheme.hasId ? good({ id: text + randomUUID().slice(0, Math.max(0, 128 - text.length)) }) : undefined;

/** A good delivery whose body is changed on the way. */
const changed =
  (change: (body: Buffer) => Uint8Array) =>
  ({ body, good }: Craft): Delivery => ({ ...good(), body: change(body) });

/** A body of the sender's own making, signed as it stands. */
const signed =
  (make: (body: string) => string | Uint8Array) =>
  ({ body, good }: Craft): Delivery =>
    good({ body: Buffer.from(make(body.toString())) });

/** For inputs that only this project's scheme can carry. */
const here =
  (deliver: (craft: Craft) => Delivery) =>
  (given: Craft): Delivery | undefined =>
    given.scheme.name === 'koobridge' ? deliver(given) : undefined;

const at = (text: string, index: number, put: string): string =>
  text.slice(0, index) + put + text.slice(index + put.length);
/** Behind any label that a scheme puts before its signatures. */
const inside = 20;
const withMember = (member: string) => (body: string) => body.replace(/}$/, `,${member}}`);
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join('');
const refusedBody = (says: string): ServerAnswer => ({ resultCode: '000002', says, receipts: 1 });
const unreadable = (says: string) => refusedBody(`The body cannot be read: it ${says}.`);

const signatures: readonly Omit<TokenInput, 'group'>[] = [
  { name: 'a call as the store sends it', wanted: 'accepted', deliver: ({ good }) => good() },
  { name: 'no signature', wanted: 'signature-missing', deliver: signature(() => []) },
  { name: 'an empty signature', wanted: 'signature-missing', deliver: signature(() => '') },
  { name: 'one character too short', wanted: 'signature-malformed', deliver: signature((good) => good.slice(0, -1)) },
  { name: 'one character too long', wanted: 'signature-malformed', deliver: signature((good) => `${good}0`) },
  {
    name: 'of the right length, one character not ASCII',
    wanted: 'signature-malformed',
    deliver: signature((good) => at(good, inside, 'é')),
  },
  {
    name: 'one character outside the alphabet',
    wanted: 'signature-malformed',
    deliver: signature((good) => at(good, inside, '!')),
  },
  {
    name: 'one character another',
    wanted: 'signature-wrong',
    deliver: signature((good) => at(good, inside, good[inside] === 'a' ? 'b' : 'a')),
  },
  { name: 'zeros', wanted: 'signature-wrong', deliver: signature((_, { scheme }) => scheme.spell(new Uint8Array(32))) },
  {
    name: 'in the other encoding, hex or base64',
    wanted: 'signature-malformed',
    deliver: signature((good, { scheme }) =>
      scheme.misspell(
        Buffer.from(good.replace(/^.*[,=](?=.)/, ''), scheme.name === 'standardwebhooks' ? 'base64' : 'hex'),
      ),
    ),
  },
  {
    name: 'under a label nobody knows',
    wanted: 'signature-missing',
    deliver: signature((good, { scheme }) => scheme.mislabel(good)),
  },
  {
    name: 'lower-case hex',
    wanted: 'accepted',
    deliver: here(({ good }) => good()),
  },
  {
    name: 'upper-case hex',
    wanted: 'accepted',
    deliver: here((given) => signature((good) => good.toUpperCase())(given) ?? given.good()),
  },
  {
    name: 'made with another key',
    wanted: 'signature-wrong',
    deliver: ({ scheme, good }) => {
      const { body, timestamp = '', id = '' } = good();
      return { body, timestamp, id, signatures: [scheme.sign({ body, timestamp, id }, 'a key of somebody else')] };
    },
  },
  {
    name: 'made with an empty key',
    wanted: 'signature-wrong',
    deliver: ({ scheme, good }) => {
      const { body, timestamp = '', id = '' } = good();
      return { body, timestamp, id, signatures: [scheme.sign({ body, timestamp, id }, '')] };
    },
  },
  {
    name: 'a plain digest of the body, which needs no key',
    wanted: 'signature-wrong',
    deliver: signature((_, { scheme, body }) => scheme.spell(createHash('sha256').update(body).digest())),
  },
  {
    name: 'followed by a line feed',
    wanted: 'signature-malformed',
    deliver: here(({ good }) => trailing(good(), '\n')),
  },
  { name: 'followed by NUL', wanted: 'signature-malformed', deliver: here(({ good }) => trailing(good(), '\u0000')) },
  { name: '0x in it', wanted: 'signature-malformed', deliver: signature((good) => at(good, inside, '0x')) },
  {
    name: 'two signatures, the second of them right',
    wanted: 'parameter-repeated',
    elsewhere: 'accepted',
    deliver: signature((good, { scheme }) =>
      scheme.name === 'koobridge' || scheme.takesSeveral ? [scheme.spell(new Uint8Array(32)), good] : undefined,
    ),
  },
  {
    name: '10,000 signatures, all wrong',
    isMuch: true,
    wanted: 'parameter-repeated',
    elsewhere: 'refused',
    answer: { resultCode: '000002', says: 'no HTTP request', receipts: 0 },
    deliver: signature((_, { scheme }) =>
      scheme.name === 'koobridge' || scheme.takesSeveral
        ? Array.from({ length: 10_000 }, () => scheme.spell(new Uint8Array(32)))
        : undefined,
    ),
  },
];

const trailing = (good: Delivery, more: string): Delivery => ({
  ...good,
  signatures: good.signatures.map((each) => each + more),
});

const timestamps: readonly Omit<TokenInput, 'group'>[] = [
  { name: 'none', wanted: 'timestamp-missing', deliver: timestamp(() => undefined) },
  { name: 'empty', wanted: 'timestamp-missing', deliver: timestamp(() => '') },
  { name: 'just inside the window, in the past', wanted: 'accepted', deliver: signedAt(-1, 0) },
  { name: 'just outside the window, in the past', wanted: 'timestamp-stale', deliver: signedAt(-1, 1) },
  { name: 'just inside the window, ahead', wanted: 'accepted', deliver: signedAt(1, 0) },
  { name: 'just outside the window, ahead', wanted: 'timestamp-ahead', deliver: signedAt(1, 1) },
  {
    name: 'a day ahead',
    wanted: 'timestamp-ahead',
    deliver: signedTime(({ scheme, now }) => String((now + 86_400_000) / scheme.unitMs)),
  },
  {
    name: 'the end of time',
    wanted: 'timestamp-ahead',
    deliver: signedTime(({ scheme }) => '9'.repeat(scheme.unitMs === 1 ? 13 : 10)),
  },
  {
    name: 'the beginning of time',
    wanted: 'timestamp-stale',
    deliver: signedTime(({ scheme }) => '0'.repeat(scheme.unitMs === 1 ? 13 : 10)),
  },
  {
    name: 'seconds for milliseconds, or the other way round',
    wanted: 'timestamp-malformed',
    deliver: signedTime(({ scheme, now }) => String(scheme.unitMs === 1 ? now / 1_000 : now)),
  },
  {
    name: 'one more than was signed',
    wanted: 'signature-wrong',
    deliver: timestamp((good) => String(Number(good) + 1)),
  },
  { name: 'followed by letters', wanted: 'timestamp-malformed', deliver: timestamp((good) => `${good}abc`) },
  { name: 'followed by decimals', wanted: 'timestamp-malformed', deliver: timestamp((good) => `${good}.5`) },
  { name: 'followed by a blank', wanted: 'timestamp-malformed', deliver: timestamp((good) => `${good} `) },
  { name: 'preceded by a blank', wanted: 'timestamp-malformed', deliver: timestamp((good) => ` ${good}`) },
  { name: 'preceded by a plus sign', wanted: 'timestamp-malformed', deliver: timestamp((good) => `+${good}`) },
  { name: 'preceded by a minus sign', wanted: 'timestamp-malformed', deliver: timestamp((good) => `-${good}`) },
  { name: 'preceded by a zero', wanted: 'timestamp-malformed', deliver: timestamp((good) => `0${good}`) },
  {
    name: 'in hexadecimal',
    wanted: 'timestamp-malformed',
    deliver: timestamp((good) => `0x${Number(good).toString(16)}`),
  },
  {
    name: 'with an exponent',
    wanted: 'timestamp-malformed',
    deliver: timestamp((good) => `${good.slice(0, -2)}e2`),
  },
  {
    name: 'in full-width digits',
    wanted: 'timestamp-malformed',
    deliver: timestamp((good) => good.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))),
  },
  {
    name: 'with separators',
    wanted: 'timestamp-malformed',
    deliver: timestamp((good) => good.replace(/(\d{3})$/, '_$1')),
  },
  { name: 'of 10,000 digits', wanted: 'timestamp-malformed', deliver: timestamp((good) => good.padEnd(10_000, '0')) },
  {
    name: 'twice, the right one first',
    wanted: 'timestamp-malformed',
    deliver: timestamp((good) => `${good}, 1`),
  },
];

const ids: readonly Omit<TokenInput, 'group'>[] = [
  { name: 'none', wanted: 'nonce-missing', deliver: id(() => undefined) },
  { name: 'empty', wanted: 'nonce-missing', deliver: id(() => '') },
  { name: 'another than was signed', wanted: 'signature-wrong', deliver: id((good) => `${good}x`) },
  {
    name: 'in another case than was signed',
    wanted: 'signature-wrong',
    deliver: id((good) => `${good}A`.toUpperCase()),
  },
  { name: 'twice', wanted: 'nonce-malformed', deliver: id((good) => `${good}, ${good}`) },
  {
    name: '1 character',
    wanted: 'accepted',
    deliver: ({ scheme, good }) => (scheme.hasId ? good({ id: '~' }) : undefined),
  },
  { name: '128 characters', wanted: 'accepted', deliver: signedId('n') },
  { name: 'every visible ASCII character', wanted: 'accepted', deliver: signedId(visible) },
  { name: '129 characters', wanted: 'nonce-malformed', deliver: here(({ good }) => good({ id: 'n'.repeat(129) })) },
  { name: 'not ASCII', wanted: 'nonce-malformed', deliver: here(({ good }) => good({ id: '编号' })) },
  { name: 'a blank in it', wanted: 'nonce-malformed', deliver: here(({ good }) => good({ id: 'a b' })) },
  { name: 'NUL in it', wanted: 'nonce-malformed', deliver: here(({ good }) => good({ id: 'a\u0000b' })) },
  {
    name: 'the same signed text cut at another place',
    wanted: 'timestamp-malformed',
    deliver: ({ scheme, good, body, now }) => {
      if (!scheme.hasId) return undefined;
      if (scheme.name === 'koobridge') {
        const { id = '', timestamp = '', ...rest } = good();
        return { ...rest, id: id.slice(0, -1), timestamp: id.slice(-1) + timestamp };
      }
      const time = String(now / scheme.unitMs);
      const { signatures } = good({ id: 'm', timestamp: time, body: Buffer.from(`${time}.${body}`) });
      return { body, signatures, timestamp: time, id: `m.${time}` };
    },
  },
];

const bodies: readonly Omit<TokenInput, 'group'>[] = [
  { name: 'one byte changed', wanted: 'signature-wrong', deliver: changed((body) => swapped(body, 'PL-', 'QL-')) },
  { name: 'cut short', wanted: 'signature-wrong', deliver: changed((body) => body.subarray(0, -1)) },
  { name: 'left out', wanted: 'signature-wrong', deliver: changed(() => Buffer.alloc(0)) },
  {
    name: 'a member added on the way',
    wanted: 'signature-wrong',
    deliver: changed((body) => Buffer.from(withMember('"admin":true')(body.toString()))),
  },
  {
    name: 'a number written in another way',
    wanted: 'signature-wrong',
    deliver: ({ body, good }) => {
      const number = (text: string) => Buffer.from(withMember(`"z":${text}`)(body.toString()));
      return { ...good({ body: number('1.0') }), body: number('1') };
    },
  },
  {
    name: 'white space and the order of members changed on the way',
    wanted: 'accepted',
    elsewhere: 'refused',
    deliver: changed((body) =>
      Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body.toString())).reverse()), null, 1)),
    ),
  },
  {
    name: 'a byte order mark put before it on the way',
    wanted: 'signature-wrong',
    deliver: changed((body) => Buffer.concat([Buffer.from('\uFEFF'), body])),
  },
  {
    name: 'U+FFFD replaced by an invalid byte on the way',
    wanted: 'signature-wrong',
    deliver: ({ body, good }) => {
      const { body: sent, ...rest } = good({ body: Buffer.from(withMember('"z":"\uFFFD"')(body.toString())) });
      return { ...rest, body: swapped(sent, '\uFFFD', [0xff]) };
    },
  },
  {
    name: 'é as one character signed, as two sent',
    wanted: 'signature-wrong',
    deliver: ({ body, good }) => {
      const named = (text: string) => Buffer.from(withMember(`"z":${JSON.stringify(text)}`)(body.toString()));
      return { ...good({ body: named('é') }), body: named('é'.normalize('NFD')) };
    },
  },
  {
    name: 'signed with a byte order mark',
    wanted: 'accepted',
    answer: unreadable('begins with a byte order mark'),
    deliver: signed((body) => `\uFEFF${body}`),
  },
  {
    name: 'signed as it is, and no UTF-8',
    wanted: 'accepted',
    answer: unreadable('is not UTF-8'),
    deliver: signed((body) => swapped(Buffer.from(body), 'RENEWAL', [0x52, 0xff, 0x4c])),
  },
  {
    name: 'signed in UTF-8 of half a surrogate pair',
    wanted: 'accepted',
    answer: unreadable('is not UTF-8'),
    deliver: signed((body) => swapped(Buffer.from(body), 'RENEWAL', [0xed, 0xa0, 0x80])),
  },
  {
    name: 'signed in an overlong encoding',
    wanted: 'accepted',
    answer: unreadable('is not UTF-8'),
    deliver: signed((body) => swapped(Buffer.from(body), 'RENEWAL', [0xc0, 0xaf])),
  },
  {
    name: 'signed in UTF-16',
    wanted: 'accepted',
    answer: unreadable('is not JSON'),
    deliver: signed((body) => Buffer.from(body, 'utf16le')),
  },
  { name: 'empty, signed', wanted: 'accepted', answer: unreadable('is empty'), deliver: signed(() => '') },
  { name: 'a blank, signed', wanted: 'accepted', answer: unreadable('is not JSON'), deliver: signed(() => ' ') },
  {
    name: 'no JSON, signed',
    wanted: 'accepted',
    answer: unreadable('is not JSON'),
    deliver: signed(() => 'activity=refreshLicenseCode'),
  },
  {
    name: 'JSON with something behind it, signed',
    wanted: 'accepted',
    answer: unreadable('is not JSON'),
    deliver: signed((body) => `${body}{}`),
  },
  {
    name: 'a comment in the JSON, signed',
    wanted: 'accepted',
    answer: unreadable('is not JSON'),
    deliver: signed(withMember('/* */"a":1')),
  },
  {
    name: 'NaN in the JSON, signed',
    wanted: 'accepted',
    answer: unreadable('is not JSON'),
    deliver: signed(withMember('"a":NaN')),
  },
  {
    name: 'a raw line break in a text, signed',
    wanted: 'accepted',
    answer: unreadable('is not JSON'),
    deliver: signed(withMember('"a":"\n"')),
  },
  { name: 'null, signed', wanted: 'accepted', answer: refusedBody('body: '), deliver: signed(() => 'null') },
  { name: 'a number, signed', wanted: 'accepted', answer: refusedBody('body: '), deliver: signed(() => '42') },
  {
    name: 'an array around it, signed',
    wanted: 'accepted',
    answer: refusedBody('body: '),
    deliver: signed((body) => `[${body}]`),
  },
  {
    name: 'an empty object, signed',
    wanted: 'accepted',
    answer: refusedBody('activity: '),
    deliver: signed(() => '{}'),
  },
  {
    name: '__proto__ as an activity, signed',
    wanted: 'accepted',
    answer: refusedBody('activity: '),
    deliver: signed((body) => body.replace('refreshLicenseCode', '__proto__')),
  },
  {
    name: 'arrays 100,000 levels deep, signed',
    wanted: 'accepted',
    answer: refusedBody(''),
    deliver: signed(() => nested(100_000)),
  },
  {
    name: 'a member twice, signed',
    wanted: 'member-repeated',
    answer: refusedBody('license: '),
    deliver: here(signed(withMember('"license":"PL-2"'))),
  },
  {
    name: 'a member twice, once spelled with an escape, signed',
    wanted: 'member-repeated',
    answer: refusedBody('license: '),
    deliver: here(signed(withMember('"\\u006cicense":"PL-2"'))),
  },
  {
    name: 'a member twice, deep inside what nobody reads, signed',
    wanted: 'member-repeated',
    answer: refusedBody('a: '),
    deliver: here(signed(withMember('"x":[{"y":{"a":1,"a":1}}]'))),
  },
  { name: 'an unknown member, signed', wanted: 'accepted', deliver: signed(withMember('"z":"x"')) },
  {
    name: '__proto__ as a member, signed',
    wanted: 'accepted',
    deliver: signed(withMember('"__proto__":{"license":"PL-evil","scene":"X"}')),
  },
  {
    name: 'constructor and prototype as members, signed',
    wanted: 'accepted',
    deliver: signed(withMember('"constructor":{"prototype":{"license":"PL-evil"}}')),
  },
  {
    name: 'an unknown member 200 levels deep, signed',
    wanted: 'accepted',
    deliver: signed(withMember(`"z":${nested(200)}`)),
  },
  {
    name: 'an unknown number beyond double, signed',
    wanted: 'accepted',
    deliver: signed(withMember('"z":1e400,"zz":123456789012345678901234567890')),
  },
  {
    name: 'half a surrogate pair in an escape, signed',
    wanted: 'accepted',
    deliver: signed(withMember('"z":"\\ud800"')),
  },
  {
    name: 'U+2028 and U+0000 in a text, signed',
    wanted: 'accepted',
    deliver: signed(withMember('"z":"\u2028\\u0000"')),
  },
  { name: '900 KiB, signed', wanted: 'accepted', deliver: signed(withMember(`"z":"${'x'.repeat(900 * 1024)}"`)) },
  {
    name: 'handed over as a plain Uint8Array',
    wanted: 'accepted',
    deliver: ({ body, good, scheme }) => (scheme.name === 'octokit' ? undefined : good({ body: new Uint8Array(body) })),
  },
];

function swapped(body: Uint8Array, from: string, to: string | readonly number[]): Buffer {
  const bytes = Buffer.from(body);
  const index = bytes.indexOf(from);
  if (index < 0) throw new Error(`${from} is not in the body`);
  const put = typeof to === 'string' ? Buffer.from(to) : Buffer.from(to);
  return Buffer.concat([bytes.subarray(0, index), put, bytes.subarray(index + Buffer.byteLength(from))]);
}

const inGroup = (group: TokenGroup, inputs: readonly Omit<TokenInput, 'group'>[]): readonly TokenInput[] =>
  inputs.map((input) => ({ group, ...input }));

export const tokenInputs: readonly TokenInput[] = [
  ...inGroup('signature', signatures),
  ...inGroup('timestamp', timestamps),
  ...inGroup('nonce', ids),
  ...inGroup('signed body', bodies),
];
