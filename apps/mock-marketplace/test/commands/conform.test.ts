import { expect, test } from 'vitest';
import { sellerKeys } from '../stub-seller.ts';
import { typed } from './typed.ts';

/** The conformance suite, as a command of the marketplace. */

test('conform has the help, the usage errors and the list of the suite', async () => {
  expect(await typed(['conform', '--help'])).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('--strict'),
  });
  expect(await typed(['conform', '--no-such-option'])).toMatchObject({ code: 2, out: '' });
  const { code, out } = await typed(['conform', '--list', '--profile', 'license']);
  expect(code).toBe(0);
  expect(out.split('\n').length).toBeGreaterThan(40);
  expect(out).not.toContain('saas.');
});

test('a server that is not there is exit code 3, and no key is shown', async () => {
  const variables = { KOOBRIDGE_KEYS: JSON.stringify(sellerKeys) };
  const { code, out, err } = await typed(['conform', 'http://127.0.0.1:9/production', '--profile', 'license'], {
    variables,
  });
  expect(code).toBe(3);
  for (const [key] of Object.values(sellerKeys)) expect(`${out}${err}`).not.toContain(key?.secret ?? 'no key');
});
