import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openRecords } from '../src/database/records.ts';
import { migrations } from '../src/database/tables.ts';

/** A file of the first version, which knew License codes only, goes on where it stood. */

test('codes, orders, messages, attempts and what falls due are carried over', () => {
  const directory = mkdtempSync(join(tmpdir(), 'older-market-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'market.db');
  const old = new DatabaseSync(path);
  old.exec(migrations[0] ?? '');
  old.exec('PRAGMA user_version = 1');
  const terms = JSON.stringify([
    { orderId: 'CS1', productId: 'MOCKLICENSE0001-YEAR', period: 'year' },
    { orderId: 'CS2', productId: 'MOCKLICENSE0001-MONTH', period: 'month' },
  ]);
  old.exec(`
    INSERT INTO clock VALUES (1, 5000);
    INSERT INTO licenses VALUES ('PL1', 'V3', 4, 1000, 2000, 3000, NULL, 'FROZEN', 'CS3', '${terms}');
    INSERT INTO orders VALUES ('CS1', 'NEW', 'PL1', 'MOCKLICENSE0001-YEAR', 4, 1000, 9000, 'PROCESSING');
    INSERT INTO orders VALUES ('CS2', 'RENEW', 'PL1', 'MOCKLICENSE0001-MONTH', 4, 1500, 9900, 'COMPLETED');
    INSERT INTO messages VALUES (7, 'refreshLicenseCode', 'PL1', 'RENEWAL', 'CS2', '{}', 4000, 'RETRYING', 3, NULL);
    INSERT INTO attempts (message, number, cause, at, sentAt, url, headers, timestamp, nonce, signed, sent, state)
      VALUES (7, 1, 'first', 4000, 1, 'http://x', '{}', '1', 'n', '{}', '{}', 'FAILED');
    INSERT INTO dueEvents (at, kind, subject) VALUES (6000, 'RETRY', '7'), (8000, 'RELEASE', 'PL1');
  `);
  old.close();

  const records = openRecords(path, 0, 'a seed', 'calm');
  onTestFinished(() => records.close());
  expect(records.clock.now()).toBe(5000);
  expect(records.subscriptions.license('PL1')).toEqual({
    id: 'PL1',
    access: 'LICENSE_CODE',
    chargingMode: 'PERIOD',
    instanceId: null,
    customer: 'customer-v3',
    customerLevel: 'V3',
    quantity: 4,
    orderedAt: 1000,
    startsAt: 2000,
    openedAt: null,
    claimedAt: 3000,
    activatedAt: null,
    phase: 'FROZEN',
    trial: false,
    violation: false,
    autoRenew: false,
    awaiting: 'CS3',
    orderCount: 2,
    terms: [
      { orderId: 'CS1', productId: 'MOCKLICENSE0001-YEAR', period: 'year', count: 1, quantity: 4 },
      { orderId: 'CS2', productId: 'MOCKLICENSE0001-MONTH', period: 'month', count: 1, quantity: 4 },
    ],
  });
  expect(records.orders.of('PL1').map(({ orderId, amount }) => [orderId, amount])).toEqual([
    ['CS1', 0],
    ['CS2', 0],
  ]);
  expect(records.messages.find(7)).toMatchObject({ subject: 'PL1', license: 'PL1', plan: 'license-code', retries: 3 });
  expect(records.attempts.of(7)).toMatchObject([{ cause: 'first', state: 'FAILED' }]);
  expect(records.due.nextTogether(9000, 8)).toMatchObject([{ kind: 'RETRY', subject: '7', lane: 'PL1' }]);
  expect(records.due.countUntil(9000)).toBe(2);
  expect(records.catalogue.products().length).toBeGreaterThan(2);
});
