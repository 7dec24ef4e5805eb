import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps at most so many connections open. When one more comes, the one whose last call began longest ago makes room,
 * finished or not: nobody is kept out by connections that do nothing, send slowly or wait for a refusal, and what a call
 * has ordered happens even if its connection is closed.
 */
export function limitConnections(server: Server, most: number, closed: () => void): void {
  /** The longest without a new call first. */
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    const [longest] = open;
    if (open.size >= most && longest !== undefined) {
      open.delete(longest);
      longest.destroy();
      closed();
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }) => {
    if (open.delete(socket)) open.add(socket);
  });
}
