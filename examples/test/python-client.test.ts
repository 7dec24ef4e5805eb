import { join } from 'node:path';
import { makeCredentials } from '@koobridge/scripts/credentials';
import { type ProcessToStart, server, startProcess } from '@koobridge/scripts/processes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasPython, python, pythonEnv, runPython } from './python.ts';
import { temporaryDirectory } from './temporary.ts';

const key = 'a-license-key-of-the-examples';
const token = 'an-admin-token-of-the-examples';

const environment = (): Record<string, string> => ({
  ...makeCredentials(),
  KOOBRIDGE_KEYS: JSON.stringify({ license: [{ id: 'example', secret: key }] }),
  KOOBRIDGE_ADMIN_TOKEN: token,
  HOST: '127.0.0.1',
  PORT: '0',
});

async function drive(seller: ProcessToStart): Promise<void> {
  const running = await startProcess(seller);
  onTestFinished(async () => {
    await running.stop();
  });
  const origin = new URL(running.url).origin;
  const client = ['examples/python-client/client.py', `${origin}/production`, '--key-env', 'LICENSE_KEY'];
  const admin = ['--admin', origin, '--admin-token-env', 'ADMIN_TOKEN'];
  const ended = await runPython([...client, ...admin], { LICENSE_KEY: key, ADMIN_TOKEN: token });
  expect(ended.output.split('\n').filter((line) => line.startsWith('FAIL'))).toEqual([]);
  expect(ended.output).toMatch(/[1-9]\d* ok, 0 failed, 0 not observable\n$/);
  expect(ended.output).not.toContain(key);
  expect(ended.code).toBe(0);
}

describe.runIf(hasPython)('the Python client finds every ruling kept', { timeout: 90_000 }, () => {
  it('by koobridge-server', () => {
    const env = {
      ...environment(),
      LOG_LEVEL: 'silent',
      DATABASE_URL: `sqlite:${join(temporaryDirectory(), 'server.db')}`,
    };
    return drive({ name: 'koobridge-server', command: server, env });
  });

  it('by the Python seller', () => {
    const env = { ...environment(), ...pythonEnv, DATABASE: join(temporaryDirectory(), 'seller.db') };
    return drive({ name: 'python-seller', command: [python, 'examples/python-seller/seller.py'], env });
  });

  it('and both sign as the published vectors say', async () => {
    const ended = await runPython(['examples/signatures_test.py']);
    expect(ended.output).toContain('OK');
    expect(ended.code).toBe(0);
  });
});

describe.runIf(hasPython)('the Python client says so when', { timeout: 90_000 }, () => {
  it('nobody listens: exit code 3', async () => {
    const client = ['examples/python-client/client.py', 'http://127.0.0.1:9/production', '--key-env', 'LICENSE_KEY'];
    expect((await runPython(client, { LICENSE_KEY: key })).code).toBe(3);
  });

  it('its key is wrong: exit code 1', async () => {
    const env = {
      ...environment(),
      LOG_LEVEL: 'silent',
      DATABASE_URL: `sqlite:${join(temporaryDirectory(), 'server.db')}`,
    };
    const running = await startProcess({ name: 'koobridge-server', command: server, env });
    onTestFinished(async () => {
      await running.stop();
    });
    const client = ['examples/python-client/client.py', `${running.url}/production`, '--key-env', 'LICENSE_KEY'];
    expect((await runPython(client, { LICENSE_KEY: `not-${key}` })).code).toBe(1);
  });
});
