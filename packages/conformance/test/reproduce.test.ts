import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runSuite } from '../src/index.ts';
import { curlOf, signOf } from '../src/report/reproduce.ts';
import { keys } from './reference/keys.ts';
import { startReference } from './reference/seller.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0 && spawnSync('bash', ['--version']).status === 0;

it.runIf(hasCurl)(
  'the curl line of a failure shows it again, at a server with a guard against replays too',
  async () => {
    const seller = await startReference(keys, { isEqual: () => true });
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
    const send = async (): Promise<unknown> =>
      JSON.parse((await promisify(execFile)('bash', ['-c', `${line} --silent`])).stdout);
    expect(await send()).toEqual({ resultCode: '000000', resultMsg: 'success.' });
    expect(await send()).toEqual({ resultCode: '000001', resultMsg: 'replayed' });
  },
);

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

describe('the line that signs anew', () => {
  const request = { method: 'POST', url: 'http://127.0.0.1/', headers: [], body: Buffer.from(`{"name":"it's"}`) };

  it('gives the body to mock-marketplace sign, quoted for a shell', () => {
    const signArguments = ['tenantSync', '--key', 'a key'];
    expect(signOf({ ...request, signArguments }, 'http://127.0.0.1/production')).toBe(
      `printf %s '{"name":"it'\\''s"}' | mock-marketplace sign tenantSync --key 'a key' --to http://127.0.0.1/production --body - | sh`,
    );
  });

  it('is not printed where sign cannot make the call so', () => {
    expect(signOf(request, 'http://127.0.0.1/')).toBeUndefined();
    const binary = { ...request, body: Buffer.from([0xff]), signArguments: ['newInstance'] };
    expect(signOf(binary, 'http://127.0.0.1/')).toBeUndefined();
  });
});
