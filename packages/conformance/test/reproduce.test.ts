import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { runSuite } from '../src/index.ts';
import { curlOf } from '../src/report/reproduce.ts';
import { keys } from './reference/keys.ts';
import { startReference } from './reference/seller.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0 && spawnSync('bash', ['--version']).status === 0;

it.runIf(hasCurl)('the curl line of a failure shows it again', async () => {
  const seller = await startReference(keys, { isEqual: () => true, nonceIdentity: () => undefined });
  onTestFinished(() => seller.stop());
  const { results } = await runSuite({
    address: seller.url,
    keys,
    profiles: ['license'],
    only: ['license.sig.wrong-key'],
  });
  const [failure] = results;
  expect(failure?.verdict).toBe('failed');
  const line = failure?.request && curlOf(failure.request);
  const { stdout } = await promisify(execFile)('bash', ['-c', `${line} --silent`]);
  expect(JSON.parse(stdout)).toEqual({ resultCode: '000000', resultMsg: 'success.' });
});

it('what no command line can carry has none', () => {
  const request = { method: 'POST', url: 'http://127.0.0.1/', headers: [], body: Buffer.from('{}') };
  expect(curlOf(request)).toContain("--data-raw '{}'");
  expect(curlOf({ ...request, body: Buffer.alloc(5000) })).toBeUndefined();
  expect(
    curlOf({
      ...request,
      headers: [
        ['x-sign', 'a'],
        ['x-sign', 'b'],
      ],
    }),
  ).toBeUndefined();
});
