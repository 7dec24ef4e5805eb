import { describe, expect, test } from 'vitest';
import { cancellation, Room, refresh, renewal, trialToFormal } from './room.ts';

describe('the expiry after a refresh (R16)', () => {
  test.each(['RENEWAL', 'RENEWAL_CHANGE'] as const)('%s takes the later expiry', (scene) => {
    const room = new Room();
    room.play([renewal('R0', 100)]);
    room.take(refresh(scene, 'R1', 50));
    expect(room.license?.expiresAt).toBe(100);
    room.take(refresh(scene, 'R2', 150));
    expect(room.license?.expiresAt).toBe(150);
  });

  test('UNSUBSCRIBE_RENEWAL_PERIOD takes the earlier expiry', () => {
    const room = new Room();
    room.play([renewal('R0', 100), cancellation('C1', 150)]);
    expect(room.license?.expiresAt).toBe(100);
    room.take(cancellation('C2', 50));
    expect(room.license?.expiresAt).toBe(50);
  });

  test('TRIAL_TO_FORMAL takes the given expiry, earlier or later', () => {
    const room = new Room();
    room.take(trialToFormal('T1', 100));
    room.take(trialToFormal('T2', 50));
    expect(room.license?.expiresAt).toBe(50);
  });

  test('TRIAL_TO_FORMAL leaves the expiry of a renewal that overtook it', () => {
    const room = new Room();
    room.play([renewal('R1', 200), trialToFormal('T1', 100)]);
    expect(room.license?.expiresAt).toBe(200);
  });

  test.each([
    ['a renewal', renewal('X', 7)],
    ['a cancellation', cancellation('X', 7)],
    ['a trial that turns formal', trialToFormal('X', 7)],
  ])('the first expiry ever told is taken from %s', (_name, command) => {
    const room = new Room();
    room.take(command);
    expect(room.license?.expiresAt).toBe(7);
  });
});

describe('which expiries the store has to confirm (R16)', () => {
  test('every cancellation, and every renewal after one', () => {
    const room = new Room();
    expect(room.take(renewal('R0', 100)).confirmExpiry).toBeUndefined();
    expect(room.take(cancellation('C1', 50)).confirmExpiry).toBe('ask');
    expect(room.take(renewal('R1', 100)).confirmExpiry).toBe('ask');
    expect(room.take(refresh('RENEWAL_CHANGE', 'R2', 100)).confirmExpiry).toBe('ask');
    expect(room.take(cancellation('C2', 50)).confirmExpiry).toBe('ask');
  });

  test('no trial that turns formal, and no repeat', () => {
    const room = new Room();
    room.play([cancellation('C1', 50), renewal('R1', 100)]);
    expect(room.take(trialToFormal('T1', 70)).confirmExpiry).toBeUndefined();
    expect(room.take(cancellation('C1', 50)).confirmExpiry).toBeUndefined();
    expect(room.take(renewal('R1', 100)).confirmExpiry).toBeUndefined();
  });
});
