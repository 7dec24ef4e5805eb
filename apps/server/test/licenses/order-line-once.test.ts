import { describe, expect, test } from 'vitest';
import { cancellation, code, Room, refresh, renewal } from './room.ts';

describe('an order line is applied once (R15)', () => {
  test('a repeat is a success and changes nothing', () => {
    const room = new Room();
    room.play([renewal('R1', 100), cancellation('C1', 50)]);
    const before = room.state();
    const decision = room.take(renewal('R1', 100));
    expect(decision).toEqual({ answer: { resultCode: '000000', resultMsg: 'success.' } });
    expect(room.state()).toEqual(before);
  });

  test('the same order and line under another scene are another order line', () => {
    const room = new Room();
    room.play([renewal('R1', 100), refresh('RENEWAL_CHANGE', 'R1', 200)]);
    expect(room.lines.size).toBe(2);
    expect(room.license?.expiresAt).toBe(200);
  });

  test('each line of an order counts for itself', () => {
    const room = new Room();
    room.play([renewal('R1', 100), renewal('R1', 200, { orderLineId: 'R1-000002' })]);
    expect(room.lines.size).toBe(2);
  });

  test.each([
    ['license', renewal('R1', 100, { license: 'PL-2' })],
    ['expireTime', renewal('R1', 101)],
  ])('a repeat with another %s is refused by name and recorded as a conflict', (member, contradiction) => {
    const room = new Room();
    room.take(renewal('R1', 100));
    const before = room.state();
    const { answer, conflict, ...changes } = room.take(contradiction);
    expect(answer.resultCode).toBe('000002');
    expect(answer.resultMsg).toMatch(new RegExp(`^${member}: `));
    expect(conflict).toBe(member);
    expect(changes).toEqual({});
    expect(room.state()).toEqual(before);
  });

  test('another productId alone is no contradiction', () => {
    const room = new Room();
    room.take(renewal('R1', 100));
    expect(room.take(renewal('R1', 100, { productId: 'P-2' })).answer.resultCode).toBe('000000');
  });

  test('what was refused is decided anew: nothing is remembered of it', () => {
    const closed = new Room({ adoptLicenses: false });
    expect(closed.play([renewal('R1', 100)])).toEqual(['000003']);
    expect(closed.lines.size).toBe(0);
    closed.licenses.set(code, {
      code,
      status: 'ACTIVE',
      expiresAt: null,
      statusAt: null,
      renewed: false,
      cancelled: false,
    });
    expect(closed.play([renewal('R1', 100)])).toEqual(['000000']);
  });
});
