import { join } from 'node:path';
import { makeCredentials } from '@koobridge/scripts/credentials';
import { server, startProcess } from '@koobridge/scripts/processes';
import { expect, it } from 'vitest';
import seller from '../typescript-seller/koobridge.config.ts';
import { temporaryDirectory } from './temporary.ts';

it('the TypeScript seller is a configuration that koobridge-server starts with', { timeout: 60_000 }, async () => {
  const running = await startProcess({
    name: 'koobridge-server',
    command: server,
    env: {
      ...makeCredentials(),
      KOOBRIDGE_CONFIG: 'examples/typescript-seller/koobridge.config.ts',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: `sqlite:${join(temporaryDirectory(), 'server.db')}`,
    },
  });
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
  expect(await running.stop()).toBe(0);
});

it('a workspace is made once, however often its event comes', async () => {
  const make = async (instanceId: string) => {
    const event = {
      id: 'evt-1',
      type: 'instance.created',
      timestamp: '2026-01-15T12:00:00.000Z',
      subject: instanceId,
      data: { instanceId, orderId: 'CS-1', orderLineId: 'CS-1-1', businessId: 'b-1', purchase: null },
    } as const;
    const job = { idempotencyKey: event.id, signal: new AbortController().signal, order: null };
    return seller.handlers?.provisioning?.['instance.created']?.(event, job);
  };
  const first = await make('ins-1');
  expect(first).toMatchObject({ appInfo: { frontEndUrl: 'https://workspaces.example.com/ins-1', userName: 'admin' } });
  expect(await make('ins-1')).toEqual(first);
  expect(await make('ins-2')).not.toEqual(first);
});
