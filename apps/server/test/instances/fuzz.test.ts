import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Message, purchase } from '../callbacks.ts';
import { runs } from '../database.ts';
import { sharedSeller } from '../seller.ts';
import type { Answer } from '../store.ts';
import { everyActivity, type InstanceActivity } from './every-activity.ts';

const seller = sharedSeller();
let id = '';
beforeAll(async () => {
  id = String((await seller().store.send(purchase())).body['instanceId']);
});

const names = Object.keys(everyActivity) as InstanceActivity[]; // the keys of a literal are exactly its type's
const activity = fc.constantFrom(...names);
const often = { numRuns: runs(150) };

/** What every answer is, whatever was sent with a good token (R8); nothing here is an error of the server. */
function expectAnswer({ status, contentType, body, resultCode }: Answer): void {
  expect(status).toBe(200);
  expect(contentType).toMatch(/^application\/json(;|$)/);
  expect(body).toMatchObject({ resultCode: expect.stringMatching(/^0\d{5}$/), resultMsg: expect.stringMatching(/./) });
  expect(resultCode).not.toBe('000005');
}

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('__proto__', 'constructor', '0', '1', 1, '', null, '\u0000', '20270101000000', 'x'.repeat(5_000)),
);

describe('a good token over anything gets an answer that is none of an error of the server (R8)', () => {
  test('a body with members changed, dropped and added', async () => {
    const mutated = activity.chain((name) => {
      const members = Object.keys(everyActivity[name]('x'));
      const change = fc.tuple(fc.oneof(fc.constantFrom(...members), fc.string({ maxLength: 10 })), oddValue);
      return fc.tuple(
        fc.constant(name),
        fc.array(change, { maxLength: 3 }),
        fc.subarray(
          members.filter((member) => member !== 'activity'),
          { maxLength: 2 },
        ),
      );
    });
    await fc.assert(
      fc.asyncProperty(mutated, async ([name, changes, dropped]) => {
        const good: Message = everyActivity[name](id);
        const kept = Object.entries(good).filter(([member]) => !dropped.includes(member));
        const body = JSON.stringify(Object.fromEntries([...kept, ...changes]));
        expectAnswer(await seller().store.send(body, { key: keyOf(name) }));
      }),
      often,
    );
  });

  test('any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), activity, async (body, name) => {
        expectAnswer(await seller().store.send(body, { key: keyOf(name) }));
      }),
      often,
    );
  });

  test('any bytes, and a good body cut or with a byte changed', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.tuple(activity, fc.nat(400), fc.nat(255)).map(([name, at, byte]) => {
        const good = new TextEncoder().encode(JSON.stringify(everyActivity[name](id)));
        if (byte === 0) return good.slice(0, at);
        if (at < good.length) good[at] = byte;
        return good;
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, activity, async (body, name) => {
        expectAnswer(await seller().store.send(body, { key: keyOf(name) }));
      }),
      often,
    );
  });
});

/** The key that the store signs an activity with. */
function keyOf(name: InstanceActivity) {
  const [key] = name === 'orderNotify' ? seller().config.keys.general : seller().config.keys.base;
  if (key === undefined) throw new Error('the test’s seller has a key in each ring');
  return key;
}
