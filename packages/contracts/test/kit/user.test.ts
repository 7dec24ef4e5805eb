import { describe, expect, test } from 'vitest';
import { KitUser } from '../../src/index.ts';
import { complaints, describeBody, describeText, describeWords } from '../members.ts';
import { users } from './requests.ts';

const [user] = users;

describeBody(KitUser, user);
describeText(KitUser, user, 'userName', 64, true);
describeText(KitUser, user, 'name', 64, true);
describeText(KitUser, user, 'orgCode', 64, true);
describeText(KitUser, user, 'position', 64, false);
describeText(KitUser, user, 'employeeCode', 64, false);
describeText(KitUser, user, 'mobile', 32, false);
describeText(KitUser, user, 'email', 128, false);
describeText(KitUser, user, 'workPlace', 256, false);
describeText(KitUser, user, 'entryDate', 20, false);
describeWords(KitUser, user, 'role', ['user', 'admin']);
describeWords(KitUser, user, 'enable', ['true', 'false']);

test('enable is a text, not a boolean', () => {
  expect(complaints(KitUser, { ...user, enable: true })).toEqual(['enable']);
});

describe('employeeType: 1 to 4, as a number or its digit, or nothing', () => {
  test.each([1, 2, 3, 4])('%j', (type) => {
    expect(KitUser.parse({ ...user, employeeType: type }).employeeType).toBe(type);
    expect(KitUser.parse({ ...user, employeeType: `${type}` }).employeeType).toBe(type);
  });
  test.each([undefined, null, ''])('%j stands for none', (type) => {
    expect(KitUser.parse({ ...user, employeeType: type }).employeeType).toBeUndefined();
  });
  test.each([0, 5, 1.5, '0', '5', '01', ' 1', 'regular', true, [1], 'toString'])('refused: %j', (type) => {
    expect(complaints(KitUser, { ...user, employeeType: type })).toEqual(['employeeType']);
  });
});

describe('extension: whatever the enterprise passes on', () => {
  test.each([{}, { a: 1 }, { accounts: [{ id: 'x' }], note: null }])('%j', (extension) => {
    expect(KitUser.parse({ ...user, extension }).extension).toEqual(extension);
  });
  test.each([undefined, null, ''])('%j stands for none', (extension) => {
    expect(KitUser.parse({ ...user, extension }).extension).toBeUndefined();
  });
  test.each(['{}', 1, true, [[]]])('refused: %j', (extension) => {
    expect(complaints(KitUser, { ...user, extension })).toEqual(['extension']);
  });
  test('changes no prototype', () => {
    const { extension } = KitUser.parse({ ...user, extension: JSON.parse('{"__proto__":{"admin":true},"a":1}') });
    expect(extension).toEqual({ a: 1 });
    expect(extension?.['admin']).toBeUndefined();
  });
});
