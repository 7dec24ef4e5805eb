/** A TCP client that sends what no HTTP client would. */

import { connect, type Socket } from 'node:net';

export interface Heard {
  /** Everything the server sent, as latin1. */
  text: string;
  /** The statuses of the answers in it, in their order. */
  statuses: number[];
  /** What the socket reported, such as EPIPE when the server cut while the client was sending. */
  error: string | undefined;
}

/** Sends the parts one after the other and resolves when the connection is closed by whichever side. */
export function exchange(port: number, parts: readonly (string | Uint8Array)[], then?: (socket: Socket) => void) {
  return new Promise<Heard>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
      then?.(socket);
    });
    let text = '';
    let error: string | undefined;
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', (thrown) => {
      error = 'code' in thrown ? String(thrown.code) : thrown.message;
    });
    socket.on('close', () => resolve({ text, statuses: statusesIn(text), error }));
  });
}

/** Resolves with the first bytes the server sends on a socket. */
export function firstBytes(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once('data', (chunk) => resolve(chunk.toString('latin1')));
    socket.once('close', () => reject(new Error('closed without an answer')));
  });
}

function statusesIn(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
