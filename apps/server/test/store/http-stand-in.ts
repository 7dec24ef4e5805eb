import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One request as it came. */
export interface Heard {
  readonly method: string;
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a stand-in answers: a status and JSON, or whatever a function does with the response. */
export type Told = readonly [status: number, body: object] | ((response: ServerResponse) => void);

/** A server on 127.0.0.1 that writes down what it hears. Ends with its test. */
export async function startStandIn(answer: (heard: Heard) => Told) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: target = '', headers } = request;
    // Node joins repeated headers into text, except for Set-Cookie, which no request has.
    const given = { method, target, headers: headers as Record<string, string>, body: Buffer.concat(chunks) };
    heard.push(given);
    const told = answer(given);
    if (typeof told === 'function') told(response);
    else response.writeHead(told[0], { 'Content-Type': 'application/json' }).end(JSON.stringify(told[1]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  return { url: `http://127.0.0.1:${port}`, heard };
}

/** An address on which nobody listens. */
export const nowhere = 'http://127.0.0.1:1';
