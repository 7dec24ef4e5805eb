import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { says, sellerKeys, startSeller } from '../stub-seller.ts';
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

test('what a failure prints to be pasted works when it is pasted, after a minute too', {
  timeout: 60_000,
}, async () => {
  // It takes whatever the suite asks it to refuse.
  const seller = await startSeller();
  seller.answer((response) => says(response, '000000'));
  onTestFinished(() => seller.close());
  const variables = { KOOBRIDGE_KEYS: JSON.stringify(sellerKeys) };
  const { code, out } = await typed(
    ['conform', seller.address, 'license.schema.refresh-order-id-missing', '--strict'],
    {
      variables,
    },
  );
  expect(code).toBe(1);
  const reported = seller.calls.at(-1)?.body;

  const program = `mock-marketplace() { '${process.execPath}' '${join(import.meta.dirname, '../../src/main.ts')}' "$@"; }\n`;
  const paste = (line: string) =>
    promisify(execFile)('bash', ['-c', program + line], { env: { ...process.env, ...variables } });
  const lineOf = (name: string) => new RegExp(`^ +${name} +(.+)$`, 'm').exec(out)?.[1] ?? '';

  const anew = await paste(lineOf('signed anew'));
  expect(JSON.parse(anew.stdout)).toMatchObject({ resultCode: '000000' });
  expect(seller.calls.at(-1)).toMatchObject({ body: reported, token: { ok: true } });

  const rerun = await paste(`${lineOf('only this')} || true`);
  expect(rerun.stdout).toContain('FAILED license.schema.refresh-order-id-missing');
  expect(rerun.stdout).toMatch(/\n0 passed, 1 failed,/);

  const curl = /^ {4}(curl .+(?:\n {4}.+)*)/m.exec(out)?.[1] ?? '';
  expect(JSON.parse((await paste(`${curl} --silent`)).stdout)).toMatchObject({ resultCode: '000000' });
  expect(seller.calls.at(-1)).toMatchObject({ body: reported, token: { ok: true } });
  const nonces = seller.calls.map(({ token }) => (token.ok ? token.nonce : undefined));
  expect(new Set(nonces).size).toBe(nonces.length);
});
