import { createHash, timingSafeEqual } from 'node:crypto';
import { faithful, type Token } from '../reference/steps.ts';
import { refusing } from './license.ts';
import { type Mutant, mutantsOf } from './mutant.ts';

const { wellFormed, isEqual, payloads } = faithful;

/** A token whose signature may look otherwise than it should. */
const lenient = (allowed: (signature: readonly string[]) => boolean) => (token: Token) =>
  wellFormed(token) || (allowed(token.signature) && wellFormed({ ...token, signature: ['0'.repeat(64)] }));

const everywhere = mutantsOf('sig', {
  'lower-case': () => ({ isEqual: (given, computed) => given === computed.toUpperCase() }),
  missing: () => ({
    wellFormed: lenient((signature) => signature.length === 0),
    isEqual: (given, computed, key) => given === '' || isEqual(given, computed, key),
  }),
  empty: () => ({
    wellFormed: lenient(([signature]) => signature === ''),
    isEqual: (given, computed, key) => given === '' || isEqual(given, computed, key),
  }),
  repeated: () => ({ wellFormed: lenient(({ length }) => length === 2), pick: (values) => values.at(-1) ?? '' }),
  truncated: () => ({
    wellFormed: lenient(([signature = '']) => /^[0-9a-f]{32}$/i.test(signature)),
    isEqual: (given, computed) => given !== '' && computed.startsWith(given.toLowerCase()),
  }),
  trailing: () => ({
    wellFormed: lenient(([signature = '']) => signature.length > 64),
    isEqual: (given, computed, key) => isEqual(given.slice(0, 64), computed, key),
  }),
  'last-digit': () => ({ isEqual: (given, computed, key) => isEqual(given.slice(0, 63), computed.slice(0, 63), key) }),
  'not-hex': () => ({
    wellFormed: lenient(([signature = '']) => signature.length === 64),
    isEqual(given, computed) {
      const bytes = Buffer.from(given, 'hex');
      return Buffer.from(computed, 'hex').subarray(0, bytes.length).equals(bytes);
    },
  }),
  'non-ascii': () => ({
    wellFormed: lenient(([signature = '']) => signature.length === 64),
    isEqual: (given, computed) => timingSafeEqual(Buffer.from(given.toLowerCase()), Buffer.from(computed)),
  }),
  'wrong-key': () => ({ isEqual: () => true }),
  'other-ring': () => ({ keysFor: (keys) => Object.values(keys).flat() }),
  'empty-key': () => ({
    formulas: (documented) => [
      documented,
      (_key, nonce, timestamp, payload) => documented('', nonce, timestamp, payload),
    ],
  }),
  'unkeyed-hash': () => ({
    formulas: (documented) => [
      documented,
      (_key, nonce, timestamp, payload) =>
        createHash('sha256').update(`${nonce}${timestamp}`).update(payload).digest('hex'),
    ],
  }),
  'body-changed': () => ({
    payloads: (body) => [...payloads(body), Buffer.from(body.toString().replace('changed on the way', 'as signed'))],
  }),
  'empty-body-signed': () => ({ payloads: (body) => [...payloads(body), Buffer.alloc(0)] }),
  'refused-only': () => ({ burnsUnverified: true }),
  'extra-parameter': () => ({
    takesQuery: (query) => !query.includes('contentType'),
  }),
});

export const signatureMutants: readonly Mutant[] = [
  ...everywhere,
  ...['license', 'saas', 'order-notice', 'kit'].flatMap((profile) =>
    mutantsOf(`${profile}.sig`, {
      accepted: () => ({ isEqual: (given, computed) => given === computed.toLowerCase() }),
    }),
  ),
  // Its instances are set up before, with calls of their own.
  ...mutantsOf('online-license.sig', { accepted: refusing((_json, activity) => activity === 'getLicenseAsync') }),
];
