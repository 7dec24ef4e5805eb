import { describe, expect, test } from 'vitest';
import { cancellation, Room, release, renewal, status, trialToFormal } from './room.ts';

const firsts = [
  ['a renewal', renewal('X', 7), { status: 'ACTIVE', expiresAt: 7 }],
  ['a cancellation', cancellation('X', 7), { status: 'ACTIVE', expiresAt: 7 }],
  ['a trial that turns formal', trialToFormal('X', 7), { status: 'ACTIVE', expiresAt: 7 }],
  ['a FREEZE', status('FREEZE', 5), { status: 'FROZEN', expiresAt: null }],
  ['an UNFREEZE', status('UNFREEZE', 5), { status: 'ACTIVE', expiresAt: null }],
  ['a release', release(), { status: 'RELEASED', expiresAt: null }],
] as const;

describe('a code that is seen for the first time (R19)', () => {
  test.each(firsts)('is adopted by %s', (_name, command, expected) => {
    const room = new Room();
    expect(room.play([command])).toEqual(['000000']);
    expect(room.license).toMatchObject(expected);
  });

  test.each(firsts)('is unknown to %s where codes are not adopted', (_name, command) => {
    const room = new Room({ adoptLicenses: false });
    expect(room.take(command)).toEqual({ answer: expect.objectContaining({ resultCode: '000003' }) });
    expect(room.licenses.size + room.lines.size).toBe(0);
  });
});
