import { describe, expect, test } from 'vitest';
import { cancellation, Room, refresh, release, renewal, status, trialToFormal } from './room.ts';

/** A room whose license had a renewal and a cancellation, and is released. */
function released(): Room {
  const room = new Room({ renewalUnfreezes: true });
  room.play([renewal('R1', 100), cancellation('C1', 50), status('FREEZE', 10), release()]);
  return room;
}

describe('release is final (R18)', () => {
  test.each([
    ['a release', release(), '000000'],
    ['a FREEZE', status('FREEZE', 20), '000000'],
    ['an older FREEZE', status('FREEZE', 1), '000000'],
    ['an UNFREEZE', status('UNFREEZE', 20), '000003'],
    ['an older UNFREEZE', status('UNFREEZE', 1), '000003'],
    ['an applied renewal', renewal('R1', 100), '000000'],
    ['an applied cancellation', cancellation('C1', 50), '000000'],
    ['an applied line with another expiry', renewal('R1', 101), '000002'],
    ['a new renewal', renewal('R2', 200, { tokenTimestamp: 99 }), '000003'],
    ['a new change of the period', refresh('RENEWAL_CHANGE', 'R2', 200), '000003'],
    ['a new cancellation', cancellation('C2', 10), '000003'],
    ['a trial that turns formal', trialToFormal('T1', 10), '000003'],
  ])('after it, %s', (_name, command, resultCode) => {
    const room = released();
    const before = room.state();
    const { answer, license, line } = room.take(command);
    expect(answer.resultCode).toBe(resultCode);
    expect({ license, line }).toEqual({});
    expect(room.state()).toEqual(before);
  });

  test('it keeps the expiry, and withdraws the question whether the expiry is right', () => {
    const room = new Room();
    room.play([renewal('R1', 100), cancellation('C1', 50)]);
    expect(room.take(release()).confirmExpiry).toBe('withdraw');
    expect(room.license).toMatchObject({ status: 'RELEASED', expiresAt: 50 });
  });
});
