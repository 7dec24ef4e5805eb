import * as contracts from '@koobridge/contracts';
import { kitLoginApi, licenseOpenApi, openApis, orderQueryApi, uploadApi, usagePushApi } from '@koobridge/contracts';
import type { AppRoute } from '@ts-rest/core';
import { type OperationFacts, openApiDocument, type Server } from './document.ts';
import { namesOf } from './json-schema.ts';
import { rowsText } from './rows.ts';
import { securityOf } from './security.ts';

const description = `The store's APIs that a seller calls.

Most are signed with AK/SK; what each needs is said there. The gateway in front of them answers errors of its own, with
\`APIGW.…\` codes. Many business errors come with HTTP 200. The login of the Kit is on the tenant's own domain, which
\`tenantSync\` told.`;

const servers: readonly Server[] = [
  { url: 'https://mkt.myhuaweicloud.com', description: 'China' },
  { url: 'https://mkt.myhuaweicloud.cn', description: 'China, where the first cannot be reached' },
];

const tenant: Server = {
  url: 'https://{domainName}',
  description: 'The tenant’s own domain',
  variables: { domainName: { default: 'tenant.example.com', description: '`domainName` of `tenantSync`' } },
};

const parts = { isvUpdateFileReq: 'application/json', file: 'application/octet-stream' };

/** The OpenAPI document of the store's open APIs. */
export const storeDocument = (): string =>
  openApiDocument({
    title: 'KooGallery: the store’s open APIs',
    version: '2.0',
    description,
    contract: {
      orders: orderQueryApi,
      licenses: licenseOpenApi,
      usage: usagePushApi,
      upload: uploadApi,
      kitLogin: kitLoginApi,
    },
    names: namesOf(contracts),
    servers,
    factsOf,
  });

function factsOf({ method, path }: AppRoute): OperationFacts {
  const row = openApis.find((each) => each.method === method && each.path === path);
  if (row === undefined) throw new TypeError(`no open API is called by ${method} ${path}`);
  return {
    tag: row.product === 'Kit' ? 'Kit login' : row.product,
    security: securityOf(row),
    description: rowsText([row]),
    source: row.source,
    ...(row.product === 'Kit' ? { server: tenant } : {}),
    ...(row.name === 'upload' ? { body: { parts } } : {}),
  };
}
