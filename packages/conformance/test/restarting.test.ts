import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { restarting } from '../src/run/restarting.ts';

it('waits until the address takes connections again', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await once(server, 'close');
  const restarted = restarting('exit 0', `http://127.0.0.1:${port}/production`)();
  const state = { done: false };
  void restarted.then(() => {
    state.done = true;
  });
  await new Promise((later) => setTimeout(later, 300));
  expect(state.done).toBe(false);
  server.listen(port, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await restarted;
});

it('says so when the command fails', async () => {
  await expect(restarting('exit 7', 'http://127.0.0.1:9/')()).rejects.toThrow('ended with 7');
});
