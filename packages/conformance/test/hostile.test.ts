import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from './command.ts';
import { keys } from './reference/keys.ts';
import { startReference } from './reference/seller.ts';

/** A server that does something to every connection. */
async function server(serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => serve(socket));
  });
  await new Promise<void>((ready) => listening.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listening.close();
  });
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/production`;
}

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

describe('a server that never answers as it should ends in exit code 3, soon', { timeout: 20_000 }, () => {
  it.each<[string, string, (socket: Socket) => void]>([
    ['hangs', 'no answer within', () => undefined],
    [
      'answers at one byte a second',
      'not complete after',
      (socket) => {
        let sent = 0;
        socket.write(`${head}Content-Length: 60\r\n\r\n`);
        const dripping = setInterval(() => {
          socket.write('{'[sent] ?? ' ');
          sent += 1;
        }, 1000);
        socket.once('close', () => clearInterval(dripping));
      },
    ],
    [
      'sends a gigabyte',
      'far longer',
      (socket) => {
        const piece = Buffer.alloc(1024 * 1024, 'x');
        let left = 1024;
        const pour = () => {
          while (left > 0 && socket.writable && socket.write(piece)) left -= 1;
        };
        socket.write(`${head}Content-Length: ${1024 * piece.length}\r\n\r\n`);
        socket.on('drain', pour);
        pour();
      },
    ],
    ['hangs up', 'closed before', (socket) => socket.destroy()],
    ['speaks no HTTP', 'no HTTP', (socket) => socket.end('220 mail.example.com ready, how do you do\r\n\r\n')],
  ])('it %s', async (_what, told, serve) => {
    const began = Date.now();
    const { code, output } = await run([await server(serve), '--profile', 'license', '--timeout', '2']);
    expect(code).toBe(3);
    expect(output).toContain(told);
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});

describe('a server that stops half-way', { timeout: 60_000 }, () => {
  it('by dying: what came before is judged, what comes after is blocked', async () => {
    let served = 0;
    const seller = await startReference(keys, {
      afterwards(reply) {
        served += 1;
        if (served === 60) void seller.stop();
        return reply;
      },
    });
    onTestFinished(() => seller.stop());
    const { code, output } = await run([seller.url, '--profile', 'license', '--timeout', '2']);
    expect(code).toBe(3);
    expect(output).toContain('The server stopped answering half-way');
    expect(output).toMatch(/\n[1-9]\d* passed, .* [1-9]\d+ blocked, 0 crashed\n$/);
  });

  it('by answering debugging calls alone: not every case waits for its time limit', async () => {
    const seller = await startReference(keys, {
      afterwards: (reply, { json }) => (json?.['testFlag'] === '1' ? reply : new Promise(() => undefined)),
    });
    onTestFinished(() => seller.stop());
    const began = Date.now();
    const { code, output } = await run([seller.url, '--profile', 'license', '--timeout', '1', '--parallel', '4']);
    expect(code).toBe(3);
    expect(output).toContain('The server stopped answering half-way');
    expect(output).toContain('no answer within 1.0 s');
    expect(Date.now() - began).toBeLessThan(30_000);
  });

  it('by hanging: likewise, within a few time limits', async () => {
    let served = 0;
    const seller = await startReference(keys, {
      afterwards(reply) {
        served += 1;
        return served < 60 ? reply : new Promise(() => undefined);
      },
    });
    onTestFinished(() => seller.stop());
    const began = Date.now();
    const { code, output } = await run([seller.url, '--profile', 'license', '--timeout', '2']);
    expect(code).toBe(3);
    expect(output).toContain('The server stopped answering half-way');
    expect(Date.now() - began).toBeLessThan(30_000);
  });
});
