import { type KitActivityName, kitActivities } from '@koobridge/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../callbacks.ts';
import { runs } from '../database.ts';
import { sharedSeller } from '../seller.ts';
import { kitKeyPair } from './key-pair.ts';
import { application, authorization, department, organisation, orgInfo, tenant, user } from './messages.ts';
import { kitStore } from './store.ts';

const pair = kitKeyPair();
const seller = sharedSeller({ environment: { KIT_PRIVATE_KEY: pair.pem } });

const names = Object.keys(kitActivities) as KitActivityName[]; // the keys of a literal are exactly its type's
const messages: Readonly<Record<KitActivityName, Message>> = {
  tenantSync: tenant('T-1'),
  applicationSync: application('T-1', pair.encrypt('secret')),
  authSync: authorization('T-1', [user('lin')]),
  singleOrgSync: department('T-1', '1'),
  allOrgSync: organisation('T-1', [orgInfo('1')]),
};

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('', '__proto__', '\u0000', '\ud800', 1e308, -0, '[{a:1}]', '[{userName:"x"}]', [[]]),
);

/** A message of the interface with some members replaced, dropped or added; any JSON; any text; any bytes. */
const call = fc.constantFrom(...names).chain((name) =>
  fc.tuple(
    fc.constant(name),
    fc.oneof(
      fc
        .dictionary(fc.constantFrom(...Object.keys(messages[name]), '__proto__', 'toString', 'activity'), value)
        .map((more) => JSON.stringify({ ...messages[name], ...more })),
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.uint8Array({ maxLength: 60 }),
    ),
  ),
);

test('whatever the store signs and sends, it gets a documented answer, and never that something broke (R8)', async () => {
  const { send } = kitStore(seller());
  await fc.assert(
    fc.asyncProperty(call, async ([name, body]) => {
      const { status, contentType, resultCode, resultMsg, text } = await send(name, body);
      expect(status).toBe(200);
      expect(contentType).toMatch(/^application\/json/);
      expect(Object.keys(JSON.parse(text)).sort()).toEqual(['resultCode', 'resultMsg']);
      expect(['000000', '000002'], resultMsg).toContain(resultCode);
    }),
    { numRuns: runs(300) },
  );
  expect((await send('tenantSync', messages.tenantSync)).resultCode).toBe('000000');
});
