import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { limitConnections } from '../../src/connections.ts';

/** A server that answers when it is told to, with room for three connections. */
async function narrow() {
  const under: ServerResponse[] = [];
  let evicted = 0;
  const server = createServer((_, response) => void under.push(response));
  limitConnections(server, 3, () => {
    evicted += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const open = async (): Promise<Socket> => {
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.resume();
    const counted = once(server, 'connection');
    await once(socket, 'connect');
    await counted;
    return socket;
  };
  const call = async (socket: Socket): Promise<void> => {
    const before = under.length;
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(() => under.length).toBe(before + 1);
  };
  return { open, call, under, evicted: () => evicted };
}

const closed = (sockets: readonly Socket[]): readonly boolean[] => sockets.map((socket) => socket.closed);

test('the connection without a new call for longest makes room', async () => {
  const { open, call, under, evicted } = await narrow();
  const sockets = [await open(), await open(), await open()];
  await call(sockets[0] as Socket);
  under[0]?.end();
  await once(sockets[0] as Socket, 'data');
  sockets.push(await open());
  await expect.poll(() => closed(sockets)).toEqual([false, true, false, false]);
  sockets.push(await open());
  await expect.poll(() => closed(sockets)).toEqual([false, true, true, false, false]);
  expect(evicted()).toBe(2);
});

test('no number of calls that do not end keeps a new one out', async () => {
  const { open, call, under, evicted } = await narrow();
  const sockets = [await open(), await open(), await open()];
  for (const socket of sockets.toReversed()) await call(socket);
  const late = await open();
  await expect.poll(() => closed([...sockets, late])).toEqual([false, false, true, false]);
  await call(late);
  under.at(-1)?.end();
  await once(late, 'data');
  expect(evicted()).toBe(1);
});
