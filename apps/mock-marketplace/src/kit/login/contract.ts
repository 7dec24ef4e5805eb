import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { loginPagePath } from './addresses.ts';

/** The login page is the marketplace's own; at the store it is a script behind a `#`. */

const c = initContract();
const html = c.otherResponse({ contentType: 'text/html; charset=utf-8', body: z.string() });
const responses = { 200: html, 302: c.noBody(), 400: html, 401: html, 403: html, 429: html } as const;

const target = {
  ind: z.string().optional(),
  appId: z.string().optional(),
  client_id: z.string().optional(),
  redirect_uri: z.string().optional(),
  state: z.string().optional(),
};

export const loginPageContract = c.router({
  start: { method: 'GET', path: '/unified-login/', responses },
  page: { method: 'GET', path: loginPagePath, query: z.object(target), responses },
  signIn: {
    method: 'POST',
    path: loginPagePath,
    contentType: 'application/x-www-form-urlencoded',
    body: z.object({ ...target, tenant: z.string(), account: z.string(), password: z.string() }),
    responses,
  },
});
