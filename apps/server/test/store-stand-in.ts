import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AccessKeyPair, licenseOpenApi, orderQueryApi, verifyAksk } from '@koobridge/contracts';
import { onTestFinished } from 'vitest';
import { secret } from './credentials.ts';

/** The store's open APIs as a test wants them, checking AK/SK as the gateway does. */
export interface StoreStandIn {
  readonly url: string;
  readonly key: AccessKeyPair;
  /** The variables that make a server ask it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was asked, in order: `heartbeat PL-1`, `order CS-1/CS-1-000001`. */
  readonly asked: readonly string[];
  /** Answers of signed requests that were refused. */
  readonly refused: readonly string[];
}

/** What the stand-in answers: JSON with HTTP 200, or whatever a function does with the response. */
export type StoreAnswer = object | ((response: ServerResponse) => void);

export interface StoreAnswers {
  readonly heartbeat: (license: string) => StoreAnswer | Promise<StoreAnswer>;
  readonly order?: (orderId: string, orderLineId: string) => StoreAnswer;
}

/** `now` is the clock that the requests' dates are compared with. */
export async function startStore(answers: StoreAnswers, now: () => number): Promise<StoreStandIn> {
  const key = { ak: 'AKTEST', sk: secret() };
  const asked: string[] = [];
  const refused: string[] = [];

  const answer = async (request: IncomingMessage, body: string): Promise<StoreAnswer> => {
    const { method = '', url: target = '', headers } = request;
    // Node joins repeated headers into text, except for Set-Cookie, which no request has.
    const verification = verifyAksk({ method, target, headers: headers as Record<string, string>, body }, key, now());
    if (!verification.ok) {
      refused.push(verification.refusal);
      return gatewayRefusal(verification.refusal);
    }
    const { pathname, searchParams } = new URL(target, 'http://store');
    if (method === licenseOpenApi.heartbeat.method && pathname === licenseOpenApi.heartbeat.path) {
      const { license } = JSON.parse(body);
      asked.push(`heartbeat ${license}`);
      return answers.heartbeat(license);
    }
    if (method === orderQueryApi.orderQuery.method && pathname === orderQueryApi.orderQuery.path) {
      const [orderId, orderLineId] = [searchParams.get('orderId') ?? '', searchParams.get('orderLineId') ?? ''];
      asked.push(`order ${orderId}/${orderLineId}`);
      return answers.order?.(orderId, orderLineId) ?? { resultCode: 'MKT.9999', resultMsg: 'no such order' };
    }
    throw new Error(`${method} ${target} is none of the store's APIs`);
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const given = await answer(request, Buffer.concat(chunks).toString());
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
  return { url, key, asked, refused, environment: { STORE_URL: url, STORE_AK: key.ak, STORE_SK: key.sk } };
}

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
