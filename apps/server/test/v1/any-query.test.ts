import { authTokenQuery, type KitActivityName, kitActivities, v1Activities } from '@koobridge/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../database.ts';
import { sharedSeller } from '../seller.ts';
import { v1On } from './instance.ts';
import { everyActivity } from './messages.ts';
import { timeStampOf, type V1Answer, v1Store } from './store.ts';

const seller = sharedSeller({ environment: v1On });
const messages = everyActivity('an-instance');
const kitNames = Object.keys(kitActivities) as KitActivityName[]; // the keys of a literal are exactly its type's

function expectDocumented({ status, contentType, resultCode, json, bodySign, resultMsg }: V1Answer): void {
  expect(status).toBe(200);
  expect(contentType).toMatch(/^application\/json/);
  expect(bodySign.ok).toBe(true);
  expect(typeof json['resultMsg']).toBe('string');
  expect(['000000', '000001', '000002', '000003'], resultMsg).toContain(resultCode);
}

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '1', '0', '20270101000000', '__proto__', 'FREEZE'),
);
const names = [...new Set(Object.values(messages).flatMap((each) => Object.keys(each))), 'timeStamp', '__proto__'];

test('whatever query the store signs, it gets a documented, signed answer, and never that something broke', async () => {
  const { get, key } = v1Store(seller());
  let moment = seller().clock.now - 100_000;
  const signed = fc.tuple(
    fc.constantFrom(...Object.values(messages), {}),
    fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(signed, async ([message, more]) => {
      moment += 1;
      const given = [...more, ['timeStamp', timeStampOf(moment)] as const, ...Object.entries(message)];
      expectDocumented(await get({}, { query: authTokenQuery(key.secret, given) }));
    }),
    { numRuns: runs(200) },
  );
  expect(Object.keys(messages).sort()).toEqual(Object.keys(v1Activities).sort());
});

test('nor does an unsigned one', async () => {
  const { get } = v1Store(seller());
  const query = fc.oneof(
    fc.webQueryParameters(),
    fc.string().map((text) => `authToken=${encodeURIComponent(text)}`),
  );
  await fc.assert(
    fc.asyncProperty(query, async (text) => expectDocumented(await get({}, { query: text }))),
    { numRuns: runs(50) },
  );
});

test('nor any body of its Kit', async () => {
  const { post } = v1Store(seller());
  const token = fc.constantFrom(null, 'x', Buffer.alloc(32).toString('base64'));
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...kitNames), object, fc.json(), token, async (name, members, text, authToken) => {
      expectDocumented(await post(name, members));
      expectDocumented(await post(name, text, { authToken }));
    }),
    { numRuns: runs(60) },
  );
});
