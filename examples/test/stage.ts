import { join } from 'node:path';
import { makeCredentials } from '@koobridge/scripts/credentials';
import { market, type ProcessToStart, type RunningProcess, startProcess } from '@koobridge/scripts/processes';
import { expect, onTestFinished } from 'vitest';
import { python, pythonEnv } from './python.ts';
import { temporaryDirectory } from './temporary.ts';

/** The mock marketplace calling the Python seller, seen from both sides. */

export type Json = Readonly<Record<string, unknown>>;

async function running(processToStart: ProcessToStart): Promise<RunningProcess> {
  const started = await startProcess(processToStart);
  onTestFinished(async () => {
    await started.stop();
  });
  return started;
}

async function read<Body = Json>(url: string, init?: RequestInit): Promise<Body> {
  const response = await fetch(url, init);
  const text = await response.text();
  expect(response.ok, `${url} answered ${response.status}: ${text}`).toBe(true);
  return JSON.parse(text) as Body; // what the control API and the seller document
}

/** Both programs on free ports, with keys of their own; `settings` are the marketplace's. They end with the test. */
export async function stage(settings: Readonly<Record<string, string>> = {}) {
  const credentials: Record<string, string> = { ...makeCredentials(), HOST: '127.0.0.1', PORT: '0' };
  const directory = temporaryDirectory();
  const seller = await running({
    name: 'python-seller',
    command: [python, 'examples/python-seller/seller.py'],
    env: { ...credentials, ...pythonEnv, DATABASE: join(directory, 'seller.db') },
  });
  const store = await running({
    name: 'mock-marketplace',
    command: market,
    env: {
      ...credentials,
      PRODUCTION_ADDRESS: seller.url,
      DATABASE_URL: `sqlite:${join(directory, 'market.db')}`,
      OUTPUT: 'none',
      ...settings,
    },
  });
  const admin = { headers: { Authorization: `Bearer ${credentials['KOOBRIDGE_ADMIN_TOKEN']}` } };
  return {
    /** Calls of the control API. */
    get: <Body = Json>(path: string) => read<Body>(`${store.url}/control${path}`),
    post: (path: string, body: Json = {}) =>
      read(`${store.url}/control${path}`, { method: 'POST', body: JSON.stringify(body) }),
    atSeller: (what: 'licenses' | 'instances', id: unknown) =>
      read(`${new URL(seller.url).origin}/admin/${what}/${id}`, admin),
  };
}
