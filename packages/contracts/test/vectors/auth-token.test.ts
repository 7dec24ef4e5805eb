import { expect, test } from 'vitest';
import {
  authTokenRefusalCode,
  signAuthToken,
  signAuthTokenBody,
  verifyAuthTokenBody,
  verifyAuthTokenQuery,
} from '../../src/index.ts';
import { bytesOf, vectors } from './vectors.ts';

test.each(vectors.authToken)('$id: $comment', ({ key, parameters, expected }) => {
  expect(signAuthToken(key, Object.entries(parameters))).toBe(expected.authToken);
});

test.each(vectors.authTokenQuery)('$id: $comment', ({ query, keys, now, windowMs, expected }) => {
  const verification = verifyAuthTokenQuery({ query, keys, now, ...(windowMs !== undefined && { windowMs }) });
  if (expected.outcome === 'refused') {
    expect(verification).toEqual({ ok: false, refusal: expected.reason });
    expect(authTokenRefusalCode(expected.reason)).toBe(expected.resultCode);
  } else {
    const { reading, keyId, parameters } = expected;
    expect(verification).toMatchObject({ ok: true, reading, keyId });
    expect(verification.ok && Object.entries(verification.parameters)).toEqual(Object.entries(parameters));
  }
});

test.each(vectors.authTokenBody)('$id: $comment', (vector) => {
  const { authToken, keys, now, equalRepeats = [], expected } = vector;
  const body = bytesOf(vector);
  const verification = verifyAuthTokenBody({ authToken: authToken ?? undefined, body, keys, now, equalRepeats });
  if (expected.outcome === 'refused') {
    const member = expected.member === undefined ? {} : { member: expected.member };
    expect(verification).toMatchObject({ ok: false, refusal: expected.reason, ...member });
    expect(authTokenRefusalCode(expected.reason)).toBe(expected.resultCode);
  } else {
    expect(verification).toMatchObject({ ok: true, reading: 'members', keyId: expected.keyId });
  }
});

const verifying = vectors.authTokenBody.filter(({ expected }) => expected.outcome === 'verifies');
test.each(verifying)('$id: signing gives the same', ({ keys, authToken, body = '' }) => {
  expect(signAuthTokenBody(keys[0]?.secret ?? '', body)).toBe(authToken?.replaceAll('"', ''));
});
