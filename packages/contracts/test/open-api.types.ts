import { initClient } from '@ts-rest/core';
import { licenseOpenApi, type OpenApiErrorCode, type openApiErrors, orderQueryApi } from '../src/index.ts';
import type { Equal, Expect } from './equal.ts';

const options = { baseUrl: 'https://mkt.myhuaweicloud.com', baseHeaders: {} };
const licenses = initClient(licenseOpenApi, options);
const orders = initClient(orderQueryApi, options);

/** A client of the contracts knows requests and answers. */
export async function statusOf(license: string) {
  const answer = await licenses.heartbeat({ body: { license } });
  return answer.status === 200 ? answer.body.data?.status : undefined;
}
export type Status = Expect<Equal<Awaited<ReturnType<typeof statusOf>>, 'ALIVE' | 'EXPIRED' | 'RELEASED' | undefined>>;

export async function lines(orderId: string): Promise<string[]> {
  const answer = await orders.orderQuery({ query: { orderId } });
  return answer.status === 200 ? (answer.body.orderInfo?.orderLine.map((line) => line.orderLineId) ?? []) : [];
}

export function misused(): void {
  // @ts-expect-error the code is called license
  void licenses.activate({ body: { code: 'PL1' } });
  // @ts-expect-error a batch is a list
  void licenses.activateBatch({ body: { license_list: 'PL1' } });
  // @ts-expect-error the member is spelled with a capital I
  void licenses.softwareUsage({ body: { usage_info: [{ license: 'PL1', software_usage_info: [] }] } });
  // @ts-expect-error an order query names its order
  void orders.orderQuery({ query: {} });
}

export type ErrorCodes = [
  Expect<Equal<OpenApiErrorCode, keyof typeof openApiErrors>>,
  Expect<Equal<(typeof openApiErrors)['92020003']['status'], 200>>,
];
