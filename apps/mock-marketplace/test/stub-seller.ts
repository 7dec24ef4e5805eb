import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Verification, verifyToken } from '@koobridge/contracts';

/** A seller's server, reduced to what the marketplace can see of one. It stands outside this app, so it is a double. */

export const licenseKey = { id: 'license-1', secret: 'accessKey-of-the-license-class' };

export interface ReceivedCall {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly token: Verification;
}

export type Answering = (response: ServerResponse, call: ReceivedCall, index: number) => void;

export interface StubSeller {
  readonly address: string;
  readonly calls: readonly ReceivedCall[];
  /** How calls are answered from now on; `index` counts all calls from 0. */
  answer(how: Answering): void;
  /** `activity command` of every call, e.g. `updateLicenseCodeStatus FREEZE`. */
  heard(): string[];
  close(): Promise<void>;
}

export const takesIt: Answering = (response) => says(response, '000000');

export function says(response: ServerResponse, resultCode: string, resultMsg = 'said.'): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ resultCode, resultMsg }));
}

export async function startSeller(port = 0): Promise<StubSeller> {
  const calls: ReceivedCall[] = [];
  let how: Answering = takesIt;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const [path = '', query = ''] = (request.url ?? '').split('?', 2);
      const token = verifyToken({ query, body: bytes, keys: [licenseKey], now: Date.now() });
      const message: Readonly<Record<string, unknown>> = JSON.parse(bytes.toString());
      const { method, headers } = request;
      const call = { method, path, query, headers, body: bytes.toString(), message, token };
      calls.push(call);
      how(response, call, calls.length - 1);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo; // a TCP server has an address that is an object once it listens
  return {
    address: `http://127.0.0.1:${address.port}/production`,
    calls,
    answer: (next) => {
      how = next;
    },
    heard: () =>
      calls.map(({ message }) =>
        [message['activity'], message['scene'] ?? message['status']].filter(Boolean).join(' '),
      ),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
