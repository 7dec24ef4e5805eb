import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type KeyRings,
  keyClassOf,
  kitActivities,
  type Verification,
  verifyKit,
  verifyToken,
} from '@koobridge/contracts';

/** A seller's server, reduced to what the marketplace can see of one. It stands outside this app, so it is a double. */

export const licenseKey = { id: 'license-1', secret: 'accessKey-of-the-license-class' };
const baseKey = { id: 'base-1', secret: 'accessKey-of-the-base-class' };
const kitKey = { id: 'kit-1', secret: 'accessKey-of-the-kit-class' };
const generalKey = { id: 'general-1', secret: 'accessKey-of-the-general-class' };

export const sellerKeys: KeyRings = {
  base: [baseKey],
  license: [licenseKey],
  kit: [kitKey],
  general: [generalKey],
  v1: [],
};

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

const isKit = (path: string): boolean => Object.hasOwn(kitActivities, path.split('/').at(-1) ?? '');

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** What the documentation asks of a seller: an instance for a create, always the same for an order, and how it is reached. */
export const takesIt: Answering = (response, { message }) => {
  const { activity, orderId, instanceId } = message;
  if (activity === 'newInstance') return says(response, '000000', 'said.', { instanceId: `instance-of-${orderId}` });
  if (activity === 'queryInstance') return says(response, '000000', 'said.', { info: infoOf(String(instanceId)) });
  says(response, '000000');
};

/** Placeholder information for each of the ids. */
export const infoOf = (ids: string) =>
  ids.split(',').map((instanceId) => ({
    instanceId,
    appInfo: { frontEndUrl: `https://app.example.com/${instanceId}`, userName: 'buyer', password: 'initial-password' },
    usageInfo: [{ usageValue: 1, statisticalTime: '20270101000000000' }],
  }));

export function says(
  response: ServerResponse,
  resultCode: string,
  resultMsg = 'said.',
  members: Readonly<Record<string, unknown>> = {},
): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ resultCode, resultMsg, ...members }));
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
      const { method, headers } = request;
      const message: Readonly<Record<string, unknown>> = JSON.parse(bytes.toString());
      const keys = sellerKeys[keyClassOf(bytes.toString()) ?? 'kit'];
      const token = isKit(path)
        ? verifyKit({
            headers: {
              sign: one(headers['x-sign']),
              timestamp: one(headers['x-timestamp']),
              nonce: one(headers['x-nonce']),
            },
            body: bytes,
            keys,
            now: Date.now(),
          })
        : verifyToken({ query, body: bytes, keys, now: Date.now() });
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
