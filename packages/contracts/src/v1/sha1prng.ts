import { createHash } from 'node:crypto';

/**
 * The first `length` bytes (at most a few blocks of 20) that Java's SHA1PRNG of the SUN provider draws when it is seeded
 * with `seed`; the AES keys of account data are made so.
 */
export function sha1prng(seed: Uint8Array, length: number): Uint8Array {
  let state: Uint8Array = createHash('sha1').update(seed).digest();
  const blocks: Uint8Array[] = [];
  for (let drawn = 0; drawn < length; drawn += 20) {
    const block = createHash('sha1').update(state).digest();
    blocks.push(block);
    state = advance(state, block);
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/**
 * The next state: state + block + 1, byte by byte from the front, where the bytes are signed and so is the carry between
 * them. A state that stayed the same is moved on by one.
 */
export function advance(state: Uint8Array, block: Uint8Array): Uint8Array {
  const [augend, addend] = [Int8Array.from(state), Int8Array.from(block)];
  const next = new Uint8Array(state.length);
  let carry = 1;
  for (const [at, byte] of augend.entries()) {
    const sum = byte + (addend[at] ?? 0) + carry;
    next[at] = sum; // the array keeps the low eight bits
    carry = sum >> 8;
  }
  if (next.every((byte, at) => byte === state[at])) next[0] = (next[0] ?? 0) + 1;
  return next;
}
