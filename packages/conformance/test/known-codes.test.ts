import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from './command.ts';
import { fileWith } from './file-with.ts';
import { keys } from './reference/keys.ts';
import { startReference } from './reference/seller.ts';

/** A seller that takes only the codes it was told of, which R19 leaves to it. */
async function strictSeller(known: readonly string[]): Promise<string> {
  const seller = await startReference(keys, { knows: (_kind, life) => life }, { knownCodes: known });
  onTestFinished(() => seller.stop());
  return seller.url;
}

const codes = Array.from({ length: 100 }, (_, index) => `PLKNOWN${index}`);

describe('a server that takes no License code it never saw', () => {
  it('is not judged without codes, and the report says what to do', async () => {
    const { code, output } = await run([await strictSeller([]), 'license.sig']);
    expect(code).toBe(3);
    expect(output).toContain('give them with --licenses');
    expect(output).toMatch(/0 failed, .* [1-9]\d* blocked, 0 crashed\n$/);
  });

  it('is judged with the codes it knows', async () => {
    const file = fileWith(codes.join('\n'));
    const { code, output } = await run([await strictSeller(codes), 'license.sig', 'license.time', '--licenses', file]);
    expect(code).toBe(0);
    expect(output).toMatch(/\n[1-9]\d+ passed, 0 failed, 0 warned, 0 not observable, 0 blocked, 0 crashed\n$/);
  });
});
