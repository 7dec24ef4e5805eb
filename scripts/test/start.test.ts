import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseEnv } from 'node:util';
import { root } from '@koobridge/scripts/processes';
import { afterAll, expect, it, onTestFinished } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'koobridge-start-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Started {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly serverUrl: string;
  readonly marketUrl: string;
  stop(): Promise<number | null>;
}

async function start(): Promise<Started> {
  const args = ['scripts/src/start.ts', '--port', '0', '--market-port', '0', '--directory', directory];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    await exit;
    return child.exitCode;
  };
  onTestFinished(async () => {
    await stop();
  });
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (line.includes('Ctrl+C')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`start ended with ${code}\n${lines.join('\n')}`)));
  });
  const url = (label: string): string => new RegExp(`${label}\\s+(http://[\\d.:]+)`).exec(lines.join('\n'))?.[1] ?? '';
  return { child, lines, serverUrl: url('The seller’s server'), marketUrl: url('The mock marketplace'), stop };
}

const json = async (response: Promise<Response>): Promise<Record<string, unknown>> => {
  const body: unknown = await (await response).json();
  return typeof body === 'object' && body !== null ? { ...body } : {};
};

it('start makes keys once, joins both servers, shows each callback and ends both', { timeout: 60_000 }, async () => {
  const first = await start();
  const file = join(directory, 'start.env');
  const made = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o077).toBe(0);

  const product = {
    method: 'POST',
    body: '{"product":"license-yearly"}',
    headers: { 'Content-Type': 'application/json' },
  };
  const { license } = await json(fetch(`${first.marketUrl}/control/orders`, product));
  await json(fetch(`${first.marketUrl}/control/licenses/${license}/renew`, { method: 'POST' }));
  // The lines of a process come on their own way, which may be slower than the answer that they tell of.
  const shown = (arrow: string) => () => first.lines.find((line) => line.startsWith(arrow)) ?? '';
  await expect.poll(shown('-->')).toContain(`refreshLicenseCode ${license}`);
  await expect.poll(shown('<--')).toContain('000000');

  const token = parseEnv(made)['KOOBRIDGE_ADMIN_TOKEN'] ?? '';
  const admin = { headers: { Authorization: `Bearer ${token}` } };
  expect(await json(fetch(`${first.serverUrl}/admin/licenses/${license}`, admin))).toMatchObject({ status: 'ACTIVE' });
  expect(await first.stop()).toBe(0);
  await expect(fetch(`${first.serverUrl}/healthz`)).rejects.toThrow();
  await expect(fetch(`${first.marketUrl}/control/clock`)).rejects.toThrow();

  const second = await start();
  expect(readFileSync(file, 'utf8')).toBe(made);
  expect(await json(fetch(`${second.serverUrl}/admin/licenses/${license}`, admin))).toMatchObject({ status: 'ACTIVE' });
  for (const secret of Object.values(parseEnv(made))) expect(first.lines.join('\n')).not.toContain(secret);
});
