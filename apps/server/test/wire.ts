import { connect, type Socket } from 'node:net';

/** Bytes on a TCP connection, for what no HTTP client would send. */
export interface Heard {
  /** Everything the server sent until the connection was closed, as latin1. */
  readonly text: string;
  readonly statuses: readonly number[];
}

/**
 * Sends the parts one after the other, each in a packet of its own, and resolves when the connection is closed by
 * whichever side. `then` gets the socket after the last part.
 */
export function exchange(
  url: string,
  parts: readonly (string | Uint8Array)[],
  then?: (socket: Socket) => unknown,
): Promise<Heard> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }, async () => {
      for (const part of parts) await new Promise<void>((sent) => socket.write(part, () => setImmediate(sent)));
      then?.(socket);
    });
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => undefined); // a reset shows in what was heard until then
    socket.on('close', () =>
      resolve({ text, statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status)) }),
    );
  });
}

/** What a client that would go on sending for ever hears until the server closes the connection. */
export function untilClosedByServer(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  let heard = '';
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }, () => socket.write(text));
    const sending = setInterval(() => socket.write('more'), 50);
    socket.setEncoding('latin1').on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.once('close', () => {
      clearInterval(sending);
      resolve(heard);
    });
  });
}

/** The head of a POST, with what a test wants to have in it. */
export const head = (target: string, ...lines: readonly string[]): string =>
  [`POST ${target} HTTP/1.1`, 'Host: seller', ...lines, '', ''].join('\r\n');

/** The body of the last answer that was heard. */
export const lastBody = ({ text }: Heard): string => text.slice(text.lastIndexOf('\r\n\r\n') + 4);
