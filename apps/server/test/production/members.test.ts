import { describe, expect, test } from 'vitest';
import { cancellation, type Message, release, renewal, statusChange } from '../callbacks.ts';
import { sharedSeller } from '../seller.ts';
import { expectRefusal, expectResult } from './refusal.ts';

const seller = sharedSeller();
const expireTime = '20270101000000';
const emoji = '\u{1F600}'; // two UTF-16 code units

const messages = {
  refreshLicenseCode: () => renewal('PL-1', expireTime),
  updateLicenseCodeStatus: () => statusChange('PL-1', 'FREEZE'),
  releaseLicenseCode: () => release('PL-1', { orderId: 'CS-9', orderLineId: 'CS-9-000001' }),
};
type Activity = keyof typeof messages;

const mandatory: readonly (readonly [Activity, string])[] = [
  ['refreshLicenseCode', 'scene'],
  ['refreshLicenseCode', 'orderId'],
  ['refreshLicenseCode', 'orderLineId'],
  ['refreshLicenseCode', 'license'],
  ['refreshLicenseCode', 'expireTime'],
  ['updateLicenseCodeStatus', 'license'],
  ['updateLicenseCodeStatus', 'status'],
  ['releaseLicenseCode', 'license'],
];
const optional: readonly (readonly [Activity, string])[] = [
  ['refreshLicenseCode', 'productId'],
  ['releaseLicenseCode', 'orderId'],
  ['releaseLicenseCode', 'orderLineId'],
];

/** Each with the longest value the pages allow. */
const limited: readonly (readonly [Activity, string, number])[] = [
  ['refreshLicenseCode', 'orderId', 64],
  ['refreshLicenseCode', 'orderLineId', 64],
  ['refreshLicenseCode', 'license', 64],
  ['refreshLicenseCode', 'productId', 64],
  ['updateLicenseCodeStatus', 'license', 64],
  ['releaseLicenseCode', 'license', 64],
  ['releaseLicenseCode', 'orderId', 64],
  ['releaseLicenseCode', 'orderLineId', 64],
];

const wrongTypes = [1, true, [], {}, ['x'], 1e300];

const refused = (activity: Activity, member: string, value: unknown) => {
  const message: Message = { ...messages[activity](), [member]: value };
  return expectRefusal(seller(), { resultCode: '000002', receipts: 1, says: new RegExp(`^${member}: `) }, () =>
    seller().store.send(message),
  );
};

test.each(limited)(
  'of %s: %s may not hold half a surrogate pair, which the ledger could not tell from another',
  (activity, member) => refused(activity, member, '\ud800'),
);

describe('a mandatory member (R10)', () => {
  test.each(mandatory)('of %s: %s missing, null or empty', async (activity, member) => {
    await refused(activity, member, undefined);
    await refused(activity, member, '');
    const withNull = JSON.stringify({ ...messages[activity](), [member]: null });
    await expectRefusal(seller(), { resultCode: '000002', receipts: 1, says: new RegExp(`^${member}: `) }, () =>
      seller().store.send(withNull),
    );
  });
});

describe('a member of the wrong type (R10)', () => {
  test.each([...mandatory, ...optional])('of %s: %s', async (activity, member) => {
    for (const value of wrongTypes) await refused(activity, member, value);
  });

  test('a number beyond double', async () => {
    const body = JSON.stringify(messages.refreshLicenseCode()).replace(`"${expireTime}"`, '1e400');
    await expectRefusal(seller(), { resultCode: '000002', receipts: 1, says: /^expireTime: / }, () =>
      seller().store.send(body),
    );
  });
});

describe('a member’s length, in UTF-16 code units (R10)', () => {
  test.each(limited)('of %s: %s one over %i', async (activity, member, limit) => {
    await refused(activity, member, 'x'.repeat(limit + 1));
    await refused(activity, member, `${emoji.repeat(limit / 2)}x`);
    await refused(activity, member, 'x'.repeat(100_000));
  });

  test.each(limited)('of %s: %s of %i', async (activity, member, limit) => {
    // A license of its own: the release of one test must not reach the next.
    const license = `PL-${activity}-${member}`;
    const longest = `${member === 'license' ? activity.slice(0, 20) : ''}`.padEnd(limit - 2, 'y') + emoji;
    expect(longest).toHaveLength(limit);
    const message = { ...messages[activity](), license, [member]: longest };
    expect((await seller().store.send(message)).resultCode).toBe('000000');
  });

  test.each(optional)('of %s: %s may be absent, null or empty', async (activity, member) => {
    const license = `PL-absent-${activity}-${member}`;
    const changed = (value: unknown): Message => ({ ...messages[activity](), license, [member]: value });
    expect((await seller().store.send(changed(undefined))).resultCode).toBe('000000');
    expect((await seller().store.send(JSON.stringify(changed(null)))).resultCode).toBe('000000');
    expect((await seller().store.send(changed(''))).resultCode).toBe('000000');
  });
});

describe('a value outside its enumeration (R10, R14)', () => {
  test.each([
    ['refreshLicenseCode', 'scene', 'renewal'],
    ['refreshLicenseCode', 'scene', 'RENEWAL '],
    ['refreshLicenseCode', 'scene', 'UNSUBSCRIBE'],
    ['refreshLicenseCode', 'scene', 'R'.repeat(65)],
    ['updateLicenseCodeStatus', 'status', 'freeze'],
    ['updateLicenseCodeStatus', 'status', 'RELEASE'],
    ['updateLicenseCodeStatus', 'status', 'UN_FREEZE'],
    ['updateLicenseCodeStatus', 'status', 'F'.repeat(33)],
  ] as const)('%s: %s "%s"', (activity, member, value) => refused(activity, member, value));
});

describe('an expiry that is no date (R13)', () => {
  test.each([
    ['30 February', '20270230000000'],
    ['29 February of no leap year', '20270229000000'],
    ['month 0', '20270001000000'],
    ['month 13', '20271301000000'],
    ['day 0', '20270100000000'],
    ['31 April', '20270431000000'],
    ['hour 24', '20270101240000'],
    ['minute 60', '20270101006000'],
    ['second 60', '20270101000060'],
    ['13 digits', '2027010100000'],
    ['15 digits', '202701010000000'],
    ['18 digits', '202701010000000000'],
    ['20 characters', '20270101000000000000'],
    ['21 characters', '202701010000000000000'],
    ['ISO 8601', '2027-01-01T00:00:00Z'],
    ['a blank in it', '20270101 000000'],
    ['a sign', '-2027010100000'],
    ['letters', 'abcdefghijklmn'],
    ['full-width digits', '２０２７０１０１００００００'],
    ['a line break at its end', '20270101000000\n'],
  ])('%s', (_name, value) => refused('refreshLicenseCode', 'expireTime', value));

  test.each([
    ['29 February of a leap year', '20280229235959', '2028-02-29T23:59:59.000Z'],
    ['with milliseconds', '20270101000000123', '2027-01-01T00:00:00.123Z'],
    ['the year 0', '00000101000000', '0000-01-01T00:00:00.000Z'],
    ['the year 9999', '99991231235959', '9999-12-31T23:59:59.000Z'],
  ])('is a date: %s', async (name, value, expiresAt) => {
    expect((await seller().store.send(renewal(`PL-${name}`, value))).resultCode).toBe('000000');
    expect((await seller().license(`PL-${name}`)).expiresAt).toBe(expiresAt);
  });
});

describe('testFlag (R11)', () => {
  test.each(['2', 2, 'true', true, ' 1', '01', [], {}, 1.5, '-1'])('%j is refused', (value) =>
    refused('refreshLicenseCode', 'testFlag', value),
  );

  test.each(['0', 0, '', undefined])('%j is real traffic', async (value) => {
    const license = `PL-flag-${typeof value}-${value}`;
    await seller().store.send(renewal(license, expireTime, { testFlag: value }));
    expect((await seller().admin(`/licenses/${license}`)).status).toBe(200);
  });
});

describe('the spellings of a status (R14)', () => {
  test.each([
    ['FREEZE', 'FROZEN'],
    ['FROZEN', 'FROZEN'],
    ['UNFREEZE', 'ACTIVE'],
    ['UNFROZEN', 'ACTIVE'],
  ])('%s', async (spelling, status) => {
    await seller().store.send(statusChange(`PL-${spelling}`, spelling));
    expect((await seller().license(`PL-${spelling}`)).status).toBe(status);
  });
});

test('several wrong members are all named', async () => {
  const answer = await seller().store.send(cancellation('', 'never', { orderId: '' }));
  expectResult(seller(), answer);
  expect(answer.resultMsg).toMatch(/orderId: .*license: .*expireTime: /);
});
