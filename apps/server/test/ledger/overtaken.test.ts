import { expect, onTestFinished, test } from 'vitest';
import { questions } from '../../src/confirmation/questions.ts';
import { orderLines } from '../../src/ledger/order-lines.ts';
import { Overtaken, type Work } from '../../src/ledger/work.ts';
import { openLicenses } from '../../src/licenses/licenses.ts';
import { newDatabase, open } from '../database.ts';

const rules = { adoptLicenses: true, renewalUnfreezes: false, verifyAdoptions: false };
function* silent(): Work<void> {}
const licenses = openLicenses({ orderLines, questions, announce: silent, rules });

test('a license that somebody else changed since it was read is not saved over, whatever was locked', async () => {
  const { ledger, close } = await open(await newDatabase());
  onTestFinished(close);
  const freeze = { activity: 'updateLicenseCodeStatus', license: 'PL-1', status: 'FREEZE', testFlag: false } as const;
  await ledger.run(['PL-1'], () => licenses.apply({ ...freeze, tokenTimestamp: 1 }, 1));
  const stored = await ledger.read(() => licenses.find('PL-1'));
  if (stored === undefined) throw new Error('it was just adopted');
  await ledger.run([], () => licenses.correctExpiry(stored, 10, 2));
  await expect(ledger.run([], () => licenses.correctExpiry(stored, 20, 3))).rejects.toThrow(Overtaken);
  expect(await ledger.read(() => licenses.find('PL-1'))).toMatchObject({ license: { expiresAt: 10 }, revision: 2 });
});

test('work that changes a subject it did not name is a defect, and changes nothing', async () => {
  const { ledger, close } = await open(await newDatabase());
  onTestFinished(close);
  const work = function* (): Work<void> {
    yield* questions.adoption('PL-1', 1);
    yield { kind: 'touch', subject: 'PL-1' };
  };
  await expect(ledger.run(['PL-2'], work)).rejects.toThrow('not submitted for');
  await ledger.run(['PL-1'], work);
});
