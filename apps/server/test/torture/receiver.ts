import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Announcement } from './history.ts';

/** The seller's own system, which takes every event and keeps what came. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
  readonly announcements: readonly Announcement[];
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const webhook = new Webhook(secret);
  const announcements: Announcement[] = [];
  const server = createServer(async (request, response) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      // Node joins repeated headers into text, except for Set-Cookie, which no request has.
      webhook.verify(body, request.headers as Record<string, string>);
      const { id, type, subject } = JSON.parse(body);
      announcements.push({ id, type, subject, body });
      response.end();
    } catch {
      response.writeHead(400).end(); // its sender was killed half-way
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  return {
    url: `http://127.0.0.1:${port}/events`,
    secret,
    announcements,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
