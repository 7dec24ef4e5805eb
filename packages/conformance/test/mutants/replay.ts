import { retiredKeys } from '../reference/keys.ts';
import { faithful, type Steps, type Token } from '../reference/steps.ts';
import { mutantsOf } from './mutant.ts';

const { wellFormed, nonceIdentity } = faithful;

const form = (allowed: (nonce: string, given: number) => boolean) => (): Partial<Steps> => ({
  wellFormed: (token: Token) => {
    const [nonce = ''] = token.nonce;
    return token.nonce.length <= 1 && allowed(nonce, token.nonce.length) && wellFormed({ ...token, nonce: ['n'] });
  },
});

const visible = /^[\x21-\x7e]{1,128}$/;

export const replayMutants = mutantsOf('replay', {
  'nonce-missing': form((nonce, given) => given === 0 || visible.test(nonce)),
  'nonce-empty': form((nonce, given) => (given === 1 && nonce === '') || visible.test(nonce)),
  'nonce-short': form((nonce) => /^[\x21-\x7e]{20,128}$/.test(nonce)),
  'nonce-long': form((nonce) => /^[\x21-\x7e]{1,63}$/.test(nonce)),
  'nonce-longest': form((nonce) => /^[\x21-\x7e]{1,100}$/.test(nonce)),
  'nonce-signs': form((nonce) => /^[\w-]{1,128}$/.test(nonce)),
  'nonce-too-long': form((nonce) => /^[\x21-\x7e]+$/.test(nonce)),
  'nonce-blank': form((nonce) => /^[\x20-\x7e]{1,128}$/.test(nonce)),
  'same-bytes': () => ({ nonceIdentity: () => undefined }),
  'same-nonce-other-body': () => ({
    nonceIdentity: (key, nonce, timestamp, body) =>
      `${nonceIdentity(key, nonce, timestamp, body)} ${body.toString('base64')}`,
  }),
  'same-nonce-later': () => ({
    nonceIdentity: (key, nonce, timestamp, body) => `${nonceIdentity(key, nonce, timestamp, body)} ${timestamp}`,
  }),
  'future-nonce': () => ({
    nonceIdentity: (key, nonce, timestamp, body) =>
      Number(timestamp) > Date.now() + 5_000 ? undefined : nonceIdentity(key, nonce, timestamp, body),
  }),
  'at-once': () => ({ nonceGap: 300 }),
});

export const rotationMutants = mutantsOf('rotate', {
  'both-keys': () => ({ keysFor: (keys, keyClass) => faithful.keysFor(keys, keyClass).slice(0, 1) }),
  'retired-key': () => ({
    keysFor: (keys, keyClass) => [
      ...faithful.keysFor(keys, keyClass),
      ...(keyClass === undefined ? [] : retiredKeys[keyClass]),
    ],
  }),
  'second-key-refusals': () => ({
    isEqual: (given, computed, key) => key.id.endsWith('2') || faithful.isEqual(given, computed, key),
  }),
  'nonce-across-keys': () => ({ nonceIdentity: (_key, nonce) => nonce }),
});

export const restartMutants = [
  ...mutantsOf('restart', {
    replay: () => ({ survives: (what) => what !== 'nonces' }),
    state: () => ({ survives: (what) => what !== 'lives' }),
  }),
  ...mutantsOf('secret', {
    log: () => ({
      logs: ({ keys }) =>
        Object.values(keys)
          .flatMap((ring) => ring.map(({ secret }) => `canonical ${secret}`))
          .join(),
    }),
  }),
];
