import { generateKeyPairSync } from 'node:crypto';
import { AllOrgSync, AuthSync, type OrgInfo, SingleOrgSync } from '@koobridge/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sender } from '../../src/callbacks/send.ts';
import { kitActions } from '../../src/kit/actions.ts';
import { ApplicationForm } from '../../src/kit/application.ts';
import { memoryMarket } from '../memory-market.ts';
import { publicPem } from './kit-market.ts';

/** A seller that takes a call, refuses it, or takes it and fails to say so. It knows no user and no department twice. */
type Mood = 'takes' | 'refuses' | 'loses';

function strictSeller() {
  const users = new Map<string, string>();
  const departments = new Map<string, OrgInfo>();
  let moods: readonly Mood[] = [];
  let calls = 0;

  function take(url: string, body: string): void {
    const message: unknown = JSON.parse(body);
    if (url.endsWith('/authSync')) {
      const { flag, userList } = AuthSync.parse(message);
      for (const { userName, name } of userList) {
        if (flag === 1 || (flag === 2 && users.has(userName))) users.set(userName, name);
        if (flag === 0 || flag === 3) users.delete(userName);
      }
    } else if (url.endsWith('/singleOrgSync')) {
      const { flag, orgCode, orgName, parentCode } = SingleOrgSync.parse(message);
      const known = departments.has(orgCode);
      if (flag === 1 || (flag === 2 && known)) departments.set(orgCode, { orgCode, orgName, parentCode });
      if (flag === 0) departments.delete(orgCode);
    } else if (url.endsWith('/allOrgSync')) {
      for (const one of AllOrgSync.parse(message).orgInfoList) departments.set(one.orgCode, one);
    }
  }

  const send: Sender = async ({ url, body }) => {
    const mood = moods.length === 0 ? 'takes' : moods[calls % moods.length];
    calls += 1;
    if (mood !== 'refuses') take(url, body);
    const resultCode = mood === 'takes' ? '000000' : '000005';
    return {
      kind: 'answered',
      status: 200,
      contentType: 'application/json',
      body: new TextEncoder().encode(`{"resultCode":"${resultCode}","resultMsg":""}`),
    };
  };
  return {
    send,
    users,
    departments,
    feel: (next: readonly Mood[]) => {
      moods = next;
      calls = 0;
    },
  };
}

const names = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  fc.record({
    kind: fc.constant('users' as const),
    change: fc.constantFrom('authorize' as const, 'modify' as const, 'withdraw' as const, 'delete' as const),
    users: fc.uniqueArray(names, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('department' as const),
    change: fc.constantFrom('add' as const, 'modify' as const, 'delete' as const),
    orgCode: names,
  }),
  fc.record({ kind: fc.constant('organisation' as const) }),
);
const story = fc.record({
  moods: fc.array(fc.constantFrom<Mood>('takes', 'refuses', 'loses'), { minLength: 1, maxLength: 7 }),
  boundFirst: fc.boolean(),
  parts: fc.array(fc.array(step, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
});

const publicKey = publicPem(generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey);
const start = Date.UTC(2027, 0, 1);

test('whatever fails on the way, a seller that recovers knows the users and departments that there are', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ moods, boundFirst, parts }) => {
      const seller = strictSeller();
      const market = memoryMarket(start, seller.send);
      const { records } = market.parts;
      const { kit } = records;
      const act = kitActions(market);
      if (!boundFirst) seller.feel(moods);
      const form = { name: 'x', loginUrl: 'https://app.example.com/', publicKey };
      const applied = await act.apply(ApplicationForm.parse(form));
      if (!applied.ok) throw new Error(applied.refusal);
      const { appId } = applied.value;
      const tenantId = kit.application(appId)?.testTenant ?? '';
      seller.feel(moods);
      let word = 0;
      for (const part of parts) {
        for (const one of part) {
          word += 1;
          if (one.kind === 'organisation') await act.syncDepartments(tenantId);
          else if (one.kind === 'users') {
            const users = one.users.map((userName) => ({ userName, name: `${userName} ${word}` }));
            await act.changeUsers(tenantId, { change: one.change, users });
          } else {
            const { change, orgCode } = one;
            const orgName = `${orgCode} ${word}`;
            const body =
              change === 'add'
                ? ({ change, orgCode, orgName, parentCode: '' } as const)
                : change === 'modify'
                  ? ({ change, orgCode, orgName } as const)
                  : ({ change, orgCode } as const);
            await act.changeDepartment(tenantId, body);
          }
        }
        // Fewer repetitions than there are, so that nothing has stopped when the seller recovers.
        if (part !== parts.at(-1)) await market.mover.move(records.clock.now() + 120_000);
      }
      seller.feel([]);
      await market.mover.move(records.clock.now() + 86_400_000);
      expect(kit.binding(appId)?.step).toBe('BOUND');
      const users = kit.users(tenantId, appId, undefined, 100).map(({ userName, name }) => [userName, name]);
      expect([...seller.users].toSorted()).toEqual(users.toSorted());
      const byCode = (list: readonly OrgInfo[]) => list.toSorted((a, b) => a.orgCode.localeCompare(b.orgCode));
      expect(byCode([...seller.departments.values()])).toEqual(byCode(kit.departments(tenantId)));
    }),
    { numRuns: 80 },
  );
});
