import { request } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { defaultLimits, type RawBody } from '../src/index.ts';
import { listenEcho } from './echo.ts';
import { exchange } from './wire.ts';

const mebi = 1024 * 1024;
const head = 'POST /number HTTP/1.1\r\nHost: a\r\n';
const withLength = (size: number) => [`${head}Content-Length: ${size}\r\n\r\n`, Buffer.alloc(size, ' ')];
const inChunks = (size: number) => [
  `${head}Transfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n`,
  Buffer.alloc(size, ' '),
  '\r\n0\r\n\r\n',
];

describe('a body over the limit', () => {
  it('is answered once and the connection closed, by length or in chunks, one byte or 19 MiB over', async () => {
    const admit = vi.fn<(raw: RawBody) => { admitted: true; value: undefined }>();
    const { port, errors } = await listenEcho({ admit });
    const sent = [withLength(mebi + 1), inChunks(mebi + 1), withLength(20 * mebi), inChunks(20 * mebi)];
    for (const { statuses, text } of await Promise.all(sent.map((parts) => exchange(port, parts)))) {
      expect(statuses).toEqual([413]);
      expect(text).toContain('\r\nConnection: close\r\n');
      expect(text).toMatch(/\r\n\r\n\{"error":"body-too-large","limit":1048576\}$/);
    }
    expect(admit).not.toHaveBeenCalled();
    expect(errors).toEqual([]);
  });

  it('is refused by its declared length before any of it is sent', async () => {
    const { port } = await listenEcho();
    const { statuses } = await exchange(port, [`${head}Content-Length: ${mebi + 1}\r\n\r\n`]);
    expect(statuses).toEqual([413]);
  });

  it('is refused as soon as its chunks run over, however many may follow', async () => {
    const { port } = await listenEcho({ limits: { bytes: 100, drainBytes: 50, deadlineMs: 60_000 } });
    const { statuses } = await exchange(port, [`${head}Transfer-Encoding: chunked\r\n\r\n97\r\n`, ' '.repeat(151)]);
    expect(statuses).toEqual([413]);
  });

  it('is read on for drainBytes, so that a client that sends first hears the answer and loses nothing', async () => {
    const { port } = await listenEcho({ limits: { bytes: 10, drainBytes: mebi } });
    for (const parts of [withLength(mebi + 10), inChunks(mebi + 10)]) {
      expect(await exchange(port, parts)).toMatchObject({ statuses: [413], error: undefined });
    }
  });

  it('is not read on after its answer, and the connection stays a moment so that the answer is not lost', async () => {
    const echo = await listenEcho();
    const serverSide: Socket[] = [];
    echo.app.middleware.unshift((ctx, next) => {
      serverSide.push(ctx.req.socket);
      return next();
    });
    for (const parts of [withLength(40 * mebi), inChunks(40 * mebi)]) {
      expect(await exchange(echo.port, parts)).toMatchObject({ statuses: [413] });
      expect(serverSide.pop()?.bytesRead).toBeLessThan(3 * mebi);
    }
  });

  it('may be answered without a body', async () => {
    const { port } = await listenEcho({ refuse: () => ({ status: 413, body: undefined }) });
    const { text } = await exchange(port, withLength(mebi + 1));
    expect(text).toMatch(/^HTTP\/1\.1 413 .*\r\nContent-Length: 0\r\n.*\r\n\r\n$/s);
  });

  it("reaches Node's own client, which reads while it sends", async () => {
    const { port } = await listenEcho();
    const status = await new Promise((resolve, reject) => {
      const sending = request({ port, host: '127.0.0.1', path: '/number', method: 'POST' }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sending.on('error', reject);
      sending.end(Buffer.alloc(20 * mebi));
    });
    expect(status).toBe(413);
  });

  it('does not fill the memory', async () => {
    const { port } = await listenEcho({ limits: { bytes: 1000, drainBytes: 1000 * mebi } });
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 1);
    const piece = Buffer.alloc(mebi);
    const { statuses } = await exchange(port, [`${head}Content-Length: ${300 * mebi}\r\n\r\n`], (socket) => {
      let left = 300;
      const more = () => {
        if (left-- > 0) socket.write(piece, more);
      };
      more();
    });
    clearInterval(watch);
    expect(statuses).toEqual([413]);
    expect(most).toBeLessThan(150 * mebi);
  });
});

describe('a body of exactly the limit', () => {
  const limits = { bytes: 20 };
  const body = `{"n":1}${' '.repeat(13)}`;

  it('is accepted with its length declared, in chunks, and in pieces', async () => {
    const { port } = await listenEcho({ limits });
    const close = `${head}Connection: close\r\n`;
    const sent = [
      exchange(port, [`${close}Content-Length: 20\r\n\r\n${body}`]),
      exchange(port, [`${close}Transfer-Encoding: chunked\r\n\r\n14\r\n${body}\r\n0\r\n\r\n`]),
      exchange(port, [`${close}Content-Length: 20\r\n\r\n{"n`], (socket) =>
        setTimeout(() => socket.write(body.slice(3)), 20),
      ),
    ];
    for (const { statuses, text } of await Promise.all(sent)) {
      expect(statuses).toEqual([200]);
      expect(text).toContain('{"n":1,"bytes":20}');
    }
  });
});

describe('limits', () => {
  it('are 1 MiB, nothing drained and 10 seconds by default', () => {
    expect(defaultLimits).toEqual({ bytes: mebi, drainBytes: 0, deadlineMs: 10_000 });
  });

  it('may differ by route', async () => {
    const { url } = await listenEcho({ limits: ({ path }) => ({ bytes: path === '/number' ? 3 : 100 }) });
    const answer = await fetch(`${url}/number`, { method: 'POST', body: '{"n":1}' });
    expect(await answer.json()).toEqual({ error: 'body-too-large', limit: 3 });
  });
});
