import * as admin from '../admin/contract.ts';
import { openApiDocument } from './document.ts';
import { namesOf } from './json-schema.ts';
import { needing } from './security.ts';

const description = `What the operators of the server may look at, and calls of the store's open APIs with its keys. No answer holds a key, a secret or what a buyer gets (R27); that of a login holds its tokens.`;

/** The OpenAPI document of the admin API. */
export const adminDocument = (): string =>
  openApiDocument({
    title: 'Koobridge: the admin API',
    version: '1.0',
    description,
    contract: admin.adminContract,
    names: namesOf(admin),
    factsOf: ({ path }) => ({ tag: path.split('/')[2] ?? path, security: needing(['adminToken']) }),
  });
