import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from './command.ts';
import { fileWith } from './file-with.ts';
import { keys, retiredKeys } from './reference/keys.ts';
import { startReference } from './reference/seller.ts';
import type { Steps } from './reference/steps.ts';

async function seller(steps: Partial<Steps> = {}): Promise<string> {
  const started = await startReference(keys, steps);
  onTestFinished(() => started.stop());
  return started.url;
}

const lowerOnly: Partial<Steps> = { isEqual: (given, computed) => given === computed.toUpperCase() };

describe('exit code 0', () => {
  it('for a server that conforms, also with --strict', async () => {
    const { code, output } = await run([await seller(), 'license.sig', '--strict']);
    expect(code).toBe(0);
    expect(output).toMatch(/\n\d+ passed, 0 failed, 0 warned, 0 not observable, 0 blocked, 0 crashed\n$/);
  });

  it('with a warning where a ruling is not followed', async () => {
    const { code, output } = await run([await seller(lowerOnly), 'license.sig']);
    expect(code).toBe(0);
    expect(output).toContain('WARNED license.sig.lower-case (SHOULD)');
  });

  it('where a failure is expected by the ledger', async () => {
    const ledger = fileWith('{"license.sig.lower-case":"will be mended in spring"}');
    const { code, output } = await run([
      await seller(lowerOnly),
      'license.sig',
      '--strict',
      '--expect-failures',
      ledger,
    ]);
    expect(code).toBe(0);
    expect(output).toContain('expected by the ledger');
  });

  it('with a retired key that is refused', async () => {
    const { code, output } = await run([
      await seller(),
      'license.rotate.retired-key',
      '--retired-keys',
      fileWith(JSON.stringify(retiredKeys)),
    ]);
    expect(output).toMatch(/\n1 passed, /);
    expect(code).toBe(0);
  });

  it('for --help, --version and --list', async () => {
    expect((await run(['--help'])).output).toContain('conform <production-address>');
    expect((await run(['--version'])).output).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { code, output } = await run(['--list', '--profile', 'license']);
    expect(code).toBe(0);
    expect(output).toContain('license.sig.wrong-key  MUST  R7');
    expect(output).not.toContain('saas.');
  });
});

describe('exit code 1', () => {
  it('where what a page states is not so; the block names all that one needs', async () => {
    const { code, output } = await run([await seller({ isEqual: () => true }), 'license.sig.wrong-key']);
    expect(code).toBe(1);
    expect(output).toContain('FAILED license.sig.wrong-key (MUST)');
    expect(output).toMatch(/requirement +A call signed with another key is refused\./);
    expect(output).toMatch(/expected +a refusal: resultCode 000001 or 000002/);
    expect(output).toMatch(/seen +HTTP 200, resultCode "000000"/);
    expect(output).toMatch(/curl --url 'http:/);
    expect(output).toContain('--only license.sig.wrong-key');
    expect(output.match(/license\.sig\.wrong-key/g)?.length).toBeGreaterThanOrEqual(3);
  });

  it('with --strict, where a ruling is not followed', async () => {
    expect((await run([await seller(lowerOnly), 'license.sig', '--strict'])).code).toBe(1);
  });

  it('where a case passes that the ledger expects to fail', async () => {
    const ledger = fileWith('{"license.sig.lower-case":"was broken once"}');
    const { code, output } = await run([await seller(), 'license.sig', '--expect-failures', ledger]);
    expect(code).toBe(1);
    expect(output).toContain('take it out of the ledger');
  });
});

describe('exit code 2', () => {
  const address = 'http://127.0.0.1:9/production';
  it.each([
    ['no address', []],
    ['no URL', ['not an address']],
    ['credentials in the address', ['http://user:word@127.0.0.1/']],
    ['an unknown option', [address, '--nothing']],
    ['an unknown profile', [address, '--profile', 'licence']],
    ['a prefix that selects nothing', [address, 'license.sgi']],
    ['a timeout that is no number', [address, '--timeout', 'long']],
    ['a token variable without a probe', [address, '--probe-token-env', 'TOKEN']],
    ['an unset token variable', [address, '--probe', address, '--probe-token-env', 'TOKEN']],
    ['a file of retired keys that are none', [address, '--retired-keys', '/nowhere/keys.json']],
    ['a missing file of keys', [address, '--keys', '/nowhere/keys.json']],
  ])('for %s', async (_what, args) => {
    const { code, errors } = await run(args);
    expect(code).toBe(2);
    expect(errors).toContain('conform: ');
  });

  it('for keys that cannot be used, without quoting them', async () => {
    const { code, errors } = await run([address], { KOOBRIDGE_KEYS: '{"licence":[{"id":"k","secret":"never-told"}]}' });
    expect(code).toBe(2);
    expect(errors).not.toContain('never-told');
  });

  it('for a key that is in use and retired at once, without quoting it', async () => {
    const { code, errors } = await run([address, '--retired-keys', fileWith(JSON.stringify(keys))]);
    expect(code).toBe(2);
    expect(errors).toContain('in use and retired at once');
    expect(errors).not.toContain('secret-1');
  });

  it('for a ledger that names no case', async () => {
    expect((await run([address, '--expect-failures', fileWith('{"license.sig.gone":"why"}')])).code).toBe(2);
  });

  it('where no ring of a usual profile has a key', async () => {
    const { code } = await run([address], { KOOBRIDGE_KEYS: '{"v1":[{"id":"k","secret":"s"}]}' });
    expect(code).toBe(2);
  });
});

describe('exit code 3, and no verdict on the server', () => {
  it('where nobody listens', async () => {
    const { code, output } = await run(['http://127.0.0.1:9/production', '--profile', 'license']);
    expect(code).toBe(3);
    expect(output).toContain('Set-up problem');
    expect(output).toMatch(/0 passed, 0 failed, 0 warned, 0 not observable, [1-9]\d* blocked, 0 crashed\n$/);
  });

  it('where the key is another one', async () => {
    const other = { license: [{ id: 'mine', secret: 'not the key of the server' }] };
    const { code, output } = await run([await seller()], { KOOBRIDGE_KEYS: JSON.stringify(other) });
    expect(code).toBe(3);
    expect(output).toContain('accepts no call signed with the key "mine"');
  });

  it('where the clocks differ', async () => {
    const url = await seller({
      isFresh: () => false,
      afterwards: (reply) => ({
        ...reply,
        headers: { ...reply.headers, Date: new Date(Date.now() - 300_000).toUTCString() },
      }),
    });
    const { code, output } = await run([url, '--profile', 'license']);
    expect(code).toBe(3);
    expect(output).toMatch(/the clocks differ by -\d+ s/);
  });

  it('where nothing failed, but cases could not be judged', async () => {
    const soldOut: Partial<Steps> = {
      alsoRefuses: (activity) => (activity === 'newInstance' ? 'sold out' : undefined),
    };
    const blocked = await run([
      await seller(soldOut),
      'saas.order.unknown-refresh',
      'saas.order.upgrade-after-release',
    ]);
    expect(blocked.output).toMatch(/\n1 passed, 0 failed, 0 warned, 0 not observable, 1 blocked, 0 crashed\n$/);
    expect(blocked.code).toBe(3);
    const unseen = await run([await seller(), 'license.secret.log', 'license.rotate.retired-key']);
    expect(unseen.output).toMatch(/\n0 passed, 0 failed, 0 warned, 2 not observable, 0 blocked, 0 crashed\n$/);
    expect(unseen.code).toBe(3);
  });

  it('in Chinese where it is wanted', async () => {
    const { output } = await run(['http://127.0.0.1:9/', '--profile', 'license', '--language', 'zh']);
    expect(output).toContain('环境问题');
  });
});
