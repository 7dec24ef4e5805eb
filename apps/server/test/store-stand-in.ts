import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AccessKeyPair,
  IsvUpdateFileRequest,
  licenseOpenApi,
  orderQueryApi,
  uploadApi,
  verifyAksk,
} from '@koobridge/contracts';
import { onTestFinished } from 'vitest';
import { secret } from './credentials.ts';

/** The store's open APIs as a test wants them, checking AK/SK as the gateway does. */
export interface StoreStandIn {
  readonly url: string;
  readonly key: AccessKeyPair;
  /** The variables that make a server ask it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was asked, in order: `heartbeat PL-1`, `order CS-1/CS-1-000001`, `upload event-1`. */
  readonly asked: readonly string[];
  /** The Licenses that came by upload, in order, whatever was answered. */
  readonly uploads: readonly Uploaded[];
  /** Answers of signed requests that were refused. */
  readonly refused: readonly string[];
}

/** What the stand-in answers: JSON with HTTP 200, or whatever a function does with the response. */
export type StoreAnswer = object | ((response: ServerResponse) => void);

export interface StoreAnswers {
  /** Without it no code is known. */
  readonly heartbeat?: (license: string) => StoreAnswer | Promise<StoreAnswer>;
  /** Without it no order is known. */
  readonly order?: (orderId: string, orderLineId: string) => StoreAnswer | Promise<StoreAnswer>;
  /** Without it every upload is taken. */
  readonly upload?: (uploaded: Uploaded) => StoreAnswer | Promise<StoreAnswer>;
}

/** One License, as its form told it. */
export interface Uploaded {
  readonly eventId: string;
  readonly request: IsvUpdateFileRequest;
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | undefined;
}

/** `now` is the clock that the requests' dates are compared with. */
export async function startStore(
  answers: StoreAnswers,
  now: () => number,
  key: AccessKeyPair = { ak: 'AKTEST', sk: secret() },
): Promise<StoreStandIn> {
  const asked: string[] = [];
  const refused: string[] = [];
  const uploads: Uploaded[] = [];

  const answer = async (request: IncomingMessage, body: Buffer): Promise<StoreAnswer> => {
    const { method = '', url: target = '', headers } = request;
    // Node joins repeated headers into text, except for Set-Cookie, which no request has.
    const verification = verifyAksk({ method, target, headers: headers as Record<string, string>, body }, key, now());
    if (!verification.ok) {
      refused.push(verification.refusal);
      return gatewayRefusal(verification.refusal);
    }
    const { pathname, searchParams } = new URL(target, 'http://store');
    if (method === licenseOpenApi.heartbeat.method && pathname === licenseOpenApi.heartbeat.path) {
      const { license } = JSON.parse(body.toString());
      asked.push(`heartbeat ${license}`);
      return answers.heartbeat?.(license) ?? unknownCode;
    }
    if (method === orderQueryApi.orderQuery.method && pathname === orderQueryApi.orderQuery.path) {
      const [orderId, orderLineId] = [searchParams.get('orderId') ?? '', searchParams.get('orderLineId') ?? ''];
      asked.push(`order ${orderId}/${orderLineId}`);
      return answers.order?.(orderId, orderLineId) ?? { resultCode: 'MKT.9999', resultMsg: 'no such order' };
    }
    const eventId = uploadPath.exec(pathname)?.[1];
    if (method === uploadApi.upload.method && eventId !== undefined) {
      const uploaded = await readUpload(decodeURIComponent(eventId), headers['content-type'] ?? '', body);
      asked.push(`upload ${uploaded.eventId}`);
      uploads.push(uploaded);
      return answers.upload?.(uploaded) ?? taken;
    }
    throw new Error(`${method} ${target} is none of the store's APIs`);
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const given = await answer(request, Buffer.concat(chunks));
    if (typeof given === 'function') given(response);
    else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(given));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a server on a TCP port has one
  const url = `http://127.0.0.1:${port}`;
  return { url, key, asked, uploads, refused, environment: { STORE_URL: url, STORE_AK: key.ak, STORE_SK: key.sk } };
}

const uploadPath = new RegExp(`^${uploadApi.upload.path.replace(':event_id', '([^/]+)')}$`);

/** Reads the form, and holds a file against the hash that came with it. */
async function readUpload(eventId: string, type: string, body: Buffer): Promise<Uploaded> {
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData();
  const part = form.get('isvUpdateFileReq');
  const request = IsvUpdateFileRequest.parse(JSON.parse(part instanceof File ? await part.text() : String(part)));
  const given = form.get('file');
  if (!(given instanceof File)) return { eventId, request, file: undefined };
  const bytes = new Uint8Array(await given.arrayBuffer());
  if (createHash('sha256').update(bytes).digest('hex') !== request.sha256) throw new Error('another file was hashed');
  return { eventId, request, file: { name: given.name, bytes } };
}

/** The answer to an upload. */
export const taken = { error_code: 'CBC.0000', error_msg: 'Success' };

const gatewayRefusal = (reason: string) => (response: ServerResponse) => {
  response.statusCode = 401;
  response.end(JSON.stringify({ error_code: 'APIGW.0301', error_msg: `Incorrect IAM authentication: ${reason}` }));
};

/** The answer of the query API for a code it knows. */
export const known = (license: string, more: object = {}) => ({
  error_code: '92020000',
  error_msg: 'success',
  data: { license_code: license, status: 'ALIVE', activate_time: '20260101000000', ...more },
});

export const unknownCode = { error_code: '92020005', error_msg: 'license code notexist' };
export const notActivated = { error_code: '92020011', error_msg: 'license code has been not activated.' };

/** The answer of the order query. */
export const orderAnswer = (orderId: string, orderLineId: string, expireTime: string) => ({
  resultCode: 'MKT.0000',
  resultMsg: 'success',
  orderInfo: {
    orderId,
    orderType: 'RENEW',
    createTime: '20260101000000',
    orderLine: [
      { orderLineId: 'another', chargingMode: 'PERIOD', expireTime: '20990101000000' },
      { orderLineId, chargingMode: 'PERIOD', expireTime },
    ],
  },
});
