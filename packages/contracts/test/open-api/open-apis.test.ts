import { expect, test } from 'vitest';
import * as z from 'zod';
import { kitLoginApi, licenseOpenApi, openApis, orderQueryApi, uploadApi, usagePushApi } from '../../src/index.ts';

test('every documented API has its row', () => {
  const rows = openApis.map(({ name, generation, method, path, tokenScheme }) =>
    [name, generation, method, path.replace('/api/mkp-openapi-public/global', '…'), tokenScheme].join(' '),
  );
  expect(rows).toEqual([
    'orderQuery 2.0 GET …/v1/order/query aksk',
    'activate V1 POST …/v1/license/activate aksk',
    'activateBatch 2.0 POST …/v2/license/activate aksk',
    'heartbeat V1 POST …/v1/license/heartbeat aksk',
    'heartbeatBatch 2.0 POST …/v2/license/heartbeat aksk',
    'softwareUsage 2.0 POST …/v2/license/software-usage-info aksk',
    'usagePush 2.0 POST …/v1/isv/usage-data usage-push-signature',
    'usagePushOld V1 POST /rest/marketplace/v1/isv/usage-data aksk',
    'upload 2.0 POST …/v1/market-event/:event_id/file aksk',
    'authorize 2.0 GET /api/v1/oauth2/authorize none',
    'token 2.0 POST /api/v1/oauth2/token oauth',
    'userInfo 2.0 GET /api/v1/oauth2/userinfo oauth',
    'logout 2.0 GET /api/v1/logout none',
    'casValidate 2.0 GET /api/v1/cas/p3/serviceValidate none',
    'casLogout 2.0 GET /api/v1/cas/logout none',
  ]);
});

test('only the usage push is signed with a production key', () => {
  expect(openApis.filter(({ keyClass }) => keyClass !== undefined)).toMatchObject([
    { name: 'usagePush', keyClass: 'base' },
  ]);
});

test.each(openApis)('$name: direction, product and page', ({ direction, product, source }) => {
  expect(direction).toBe('seller to store');
  expect(['every product', 'License code', 'SaaS', 'online License', 'Kit']).toContain(product);
  expect(source).toMatch(/^https:\/\/(support|www)\.huaweicloud\.com\/\S+$/);
});

const routes = Object.entries({
  ...licenseOpenApi,
  ...orderQueryApi,
  ...usagePushApi,
  ...uploadApi,
  ...kitLoginApi,
});

test.each(routes)('%s can be printed as JSON schema, request and answers', (_, route) => {
  const parts = ['body', 'query', 'pathParams'].flatMap((part) =>
    Object.entries(route).filter(([key]) => key === part),
  );
  const schemas = [...parts.map(([, schema]) => schema), ...Object.values(route.responses)];
  for (const schema of schemas) {
    if (schema instanceof z.ZodType) expect(z.toJSONSchema(schema, { io: 'input' })).toBeTypeOf('object');
  }
});
