import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { onTestFinished } from 'vitest';
import * as z from 'zod';

/** The seller's own system: takes events over HTTP and checks their signatures with the library of its own. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
  /** What arrived, in order, whatever was answered. */
  readonly requests: readonly Received[];
  /** How many connections were opened. */
  readonly connections: () => number;
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** As the library read it after it had verified it. */
  readonly event: z.output<typeof Message>;
}

const Message = z.strictObject({
  id: z.string(),
  type: z.string(),
  timestamp: z.iso.datetime(),
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** `answer` gets the response and the number of the request, from 1. */
export async function startReceiver(answer: (response: ServerResponse, request: number) => unknown): Promise<Receiver> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const webhook = new Webhook(secret);
  const requests: Received[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    // Node joins repeated headers into text, except for Set-Cookie, which no request has.
    const event = Message.parse(webhook.verify(body, request.headers as Record<string, string>));
    requests.push({ headers: request.headers, body, event });
    await answer(response, requests.length);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  return { url: `http://127.0.0.1:${port}/events`, secret, requests, connections: () => connections };
}
