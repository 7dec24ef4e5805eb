/** What a route's schema is given as the body: what the received bytes mean under the route's content type. */

import { parse } from 'node:querystring';
import { type AppRoute, ContractNoBody } from '@ts-rest/core';
import type { JsonReading, RawBody } from './raw-body.ts';

export type BodyReader = (raw: RawBody) => JsonReading;

/**
 * How a route's body is read: as JSON, or as a form if the contract says so; undefined if the route takes none.
 * The request's own Content-Type plays no part.
 *
 * @throws TypeError for a multipart route: its handler would have to parse `raw` by itself, so it declares no body.
 */
export function bodyReader(route: AppRoute): BodyReader | undefined {
  if (!('body' in route) || route.body === null || route.body === undefined || route.body === ContractNoBody) {
    return undefined;
  }
  const contentType = 'contentType' in route ? route.contentType : undefined;
  if (contentType === 'multipart/form-data') {
    throw new TypeError(`${route.method} ${route.path}: multipart bodies are not read; declare no body and use raw`);
  }
  return contentType === 'application/x-www-form-urlencoded' ? readForm : readJson;
}

const readJson: BodyReader = (raw) => raw.json();

const readForm: BodyReader = (raw) => {
  const text = raw.text();
  if (text === undefined) return { ok: false, reason: 'invalid-utf8' };
  return text === '' ? { ok: false, reason: 'empty' } : { ok: true, value: parse(text) };
};
