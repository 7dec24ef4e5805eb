import { describe, expect, test } from 'vitest';
import { cancellation, Room, renewal, status } from './room.ts';

describe('freezing and unfreezing (R17)', () => {
  test('a status is set, and setting it again is a success', () => {
    const room = new Room();
    expect(room.play([status('FREEZE', 1), status('FREEZE', 2)])).toEqual(['000000', '000000']);
    expect(room.license?.status).toBe('FROZEN');
    expect(room.play([status('UNFREEZE', 3), status('UNFREEZE', 4)])).toEqual(['000000', '000000']);
    expect(room.license?.status).toBe('ACTIVE');
  });

  test('a change that is older than the last one applied is a success and ignored', () => {
    const room = new Room();
    room.take(status('UNFREEZE', 10));
    const before = room.state();
    expect(room.take(status('FREEZE', 9))).toEqual({ answer: { resultCode: '000000', resultMsg: 'success.' } });
    expect(room.state()).toEqual(before);
  });

  test('of two changes with the same timestamp the later delivery stands', () => {
    const room = new Room();
    room.play([status('FREEZE', 10), status('UNFREEZE', 10)]);
    expect(room.license?.status).toBe('ACTIVE');
  });

  test('a renewal of a frozen license sets the expiry and leaves it frozen', () => {
    const room = new Room();
    room.play([status('FREEZE', 1), renewal('R1', 100)]);
    expect(room.license).toMatchObject({ status: 'FROZEN', expiresAt: 100 });
  });
});

describe('with the setting that a renewal also unfreezes (R17)', () => {
  test('a renewal unfreezes, a cancellation does not', () => {
    const room = new Room({ renewalUnfreezes: true });
    room.play([status('FREEZE', 1), cancellation('C1', 50)]);
    expect(room.license?.status).toBe('FROZEN');
    room.take(renewal('R1', 100, { tokenTimestamp: 2 }));
    expect(room.license?.status).toBe('ACTIVE');
  });

  test('a renewal that is older than the last status change leaves the status', () => {
    const room = new Room({ renewalUnfreezes: true });
    room.play([status('FREEZE', 5), renewal('R1', 100, { tokenTimestamp: 4 })]);
    expect(room.license).toMatchObject({ status: 'FROZEN', expiresAt: 100 });
  });

  test('a freeze that a renewal overtook does not freeze again', () => {
    const room = new Room({ renewalUnfreezes: true });
    room.play([renewal('R1', 100, { tokenTimestamp: 5 }), status('FREEZE', 4)]);
    expect(room.license?.status).toBe('ACTIVE');
  });
});
