import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { result, resultCode } from '@koobridge/contracts';

/**
 * Answers requests that Node's HTTP parser gives up on, such as a query of many kilobytes: on the production address
 * with a result like any other (R8), elsewhere with the plain status.
 */
export function answerUnparsable(server: Server, path: string): void {
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const target = error.rawPacket?.toString('latin1', 0, 200).split(' ')[1] ?? '';
    if (!target.startsWith(path)) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const body = JSON.stringify(
      result(resultCode.invalidParameter, 'The request is no HTTP request this server can read.'),
    );
    socket.end(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
}
