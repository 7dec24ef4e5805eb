import { initClient } from '@ts-rest/core';
import {
  composeUpload,
  kitLoginApi,
  kitOrigin,
  licenseOpenApi,
  loginUrl,
  logoutUrl,
  type mockOrder,
  type OpenApi,
  type OpenApiErrorCode,
  type openApiErrors,
  orderQueryApi,
  type orderQueryErrors,
  type UsageRecordCode,
  uploadApi,
  usagePushApi,
  type usageRecordCodes,
} from '../src/index.ts';
import type { Equal, Expect } from './equal.ts';

const options = { baseUrl: 'https://mkt.myhuaweicloud.com', baseHeaders: {} };
const licenses = initClient(licenseOpenApi, options);
const orders = initClient(orderQueryApi, options);
const usage = initClient(usagePushApi, options);
const uploads = initClient(uploadApi, options);
const logins = initClient(kitLoginApi, options);

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

const times = { record_time: '20220809T091000Z', begin_time: '20220809T080000Z', end_time: '20220809T090000Z' };

export async function pushed(instance_id: string): Promise<string | undefined> {
  const record = { instance_id, ...times, usage_value: 1, metering_sn: 'sn' };
  const answer = await usage.usagePush({ body: { usage_records: [record] } });
  return answer.status === 200 ? answer.body.error_code : undefined;
}

/** The form is handed over as it was composed. */
export async function uploaded(event_id: string, characters: string): Promise<string | undefined> {
  const composed = composeUpload({ type: 'CHARACTERS', characters });
  if (!composed.ok) return composed.problem;
  const answer = await uploads.upload({ params: { event_id }, body: composed.form });
  return answer.status === 200 ? answer.body.error_code : undefined;
}

export async function loggedIn(code: string): Promise<string | undefined> {
  const client = { client_id: 'c', client_secret: 's' };
  const answer = await logins.token({ body: { grant_type: 'authorization_code', ...client, code } });
  return answer.status === 200 ? answer.body.access_token : undefined;
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
  // @ts-expect-error the old interface wants the product
  void usage.usagePushOld({ body: { usage_records: [{ instance_id: 'i', ...times, usage_value: 1 }] } });
  // @ts-expect-error a refresh needs its token
  void logins.token({ body: { grant_type: 'refresh_token', client_id: 'c', client_secret: 's' } });
  // @ts-expect-error a domain name becomes an origin first
  logoutUrl('acme.example.com');
  // @ts-expect-error which may fail
  logoutUrl(kitOrigin('acme.example.com'));
  // @ts-expect-error a file has a name
  composeUpload({ type: 'FILE', bytes: new Uint8Array() });
}

export type ErrorCodes = [
  Expect<Equal<OpenApiErrorCode, keyof typeof openApiErrors>>,
  Expect<Equal<(typeof openApiErrors)['92020003']['status'], 200>>,
  Expect<Equal<(typeof orderQueryErrors)['CBC.0250']['status'], 406>>,
  Expect<Equal<UsageRecordCode, keyof typeof usageRecordCodes>>,
  Expect<Equal<Extract<UsageRecordCode, '008'>, never>>,
];

export type Rows = [
  Expect<Equal<OpenApi['direction'], 'seller to store'>>,
  Expect<Equal<OpenApi['tokenScheme'], 'aksk' | 'usage-push-signature' | 'oauth' | 'none'>>,
];

export type MockOrders = Expect<Equal<Parameters<typeof mockOrder>, [orderId: string]>>;
export const page: string = loginUrl('app');
