import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Attempt } from './history.ts';
import type { SignedRequest } from './request.ts';

/** As long as the store waits (R21), so that a server that hangs shows. */
const limitMs = 20_000;

/**
 * Sends a request on a connection of its own, in the given manner, and resolves with the answer; with undefined where
 * none came, or where the connection was cut before it could. Never rejects.
 */
export function exchange(
  url: string,
  { head, body }: SignedRequest,
  { how, ms }: Pick<Attempt, 'how'> & { readonly ms: number },
): Promise<Answer | undefined> {
  const { hostname, port } = new URL(url);
  const half = Math.floor(body.length / 2);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let text = '';
    const end = (answer?: Answer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(end, limitMs);
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => end(how === 'cut' || how === 'half' ? undefined : readAnswer(text)));
    socket.on('connect', async () => {
      switch (how) {
        case 'whole':
          socket.write(head + body);
          return;
        case 'slow':
          for (const part of [head.slice(0, 20), head.slice(20), body.slice(0, half), body.slice(half)]) {
            socket.write(part);
            await sleep(ms);
          }
          return;
        case 'half':
          socket.write(head + body.slice(0, half));
          await sleep(ms);
          return end();
        case 'cut':
          socket.write(head + body);
          await sleep(ms);
          return end();
      }
    });
  });
}

/** A whole answer; undefined where the connection ended before it did. */
function readAnswer(text: string): Answer | undefined {
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(text) ?? [];
  const bodyAt = text.indexOf('\r\n\r\n') + 4;
  const length = Number(/^content-length: (\d+)/im.exec(text)?.[1]);
  const body = Buffer.from(text.slice(bodyAt));
  if (status === undefined || bodyAt < 4 || !(body.length >= length)) return undefined;
  const { resultCode = '', instanceId }: { resultCode?: string; instanceId?: string } = asJson(body.toString());
  return { status: Number(status), resultCode, ...(instanceId === undefined ? {} : { instanceId }) };
}

function asJson(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
