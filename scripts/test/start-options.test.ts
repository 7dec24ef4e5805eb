import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { root } from '@koobridge/scripts/processes';
import { expect, it } from 'vitest';

async function start(...args: string[]) {
  const child = spawn(process.execPath, ['scripts/src/start.ts', ...args], { cwd: root, stdio: 'pipe' });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code };
}

it('--help says how it is used', async () => {
  expect(await start('--help')).toEqual({
    out: expect.stringContaining('Usage: npx -y pnpm@12 start'),
    err: '',
    code: 0,
  });
});

it.each([['--foo'], ['--port'], ['--help=yes'], ['now']])(
  '%s: says what is wrong and how it is used, exit 2',
  async (option) => {
    const { out, err, code } = await start(option);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(option.split('=', 1)[0]);
    expect(err).toContain('Usage: npx -y pnpm@12 start');
    expect(err).not.toMatch(/node:|^\s+at /m);
  },
);
