import { expect, test } from 'vitest';
import { sharedSeller } from '../seller.ts';
import { kitKeyPair } from './key-pair.ts';
import { application, authorization, user } from './messages.ts';
import { dataOf, recordsOf } from './records.ts';
import { kitStore } from './store.ts';

const pair = kitKeyPair();
const seller = sharedSeller({ environment: { KIT_PRIVATE_KEY: pair.pem } });

test('an extension that is nested very deep is 000002, one of 30 levels is kept', async () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const message = (depth: number) =>
    JSON.stringify(authorization('T-1', [user('lin', { extension: 'HERE' })])).replace('"HERE"', nested(depth));
  for (const depth of [40, 20_000]) {
    const { resultCode, resultMsg } = await kitStore(seller()).send('authSync', message(depth));
    expect(resultCode).toBe('000002');
    expect(resultMsg).toContain('extension');
  }
  expect((await kitStore(seller()).send('authSync', message(30))).resultCode).toBe('000000');
});

test('an application is deleted also without its secret, and is listed with its appId', async () => {
  const { send } = kitStore(seller());
  await send('applicationSync', application('T-2', pair.encrypt('secret')));
  expect(await dataOf(seller(), 'T-2', 'application')).toEqual([{ appId: 'app-1', clientId: 'client-of-acme' }]);
  seller().clock.now += 1;
  expect((await send('applicationSync', application('T-2', '', { flag: 0 }))).resultCode).toBe('000000');
  expect(await recordsOf(seller(), 'T-2')).toEqual([]);
});
