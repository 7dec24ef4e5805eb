/** What the compiler must accept and refuse; checked by `tsc -p tsconfig.json`, never run. */

import type { IncomingHttpHeaders } from 'node:http';
import type Router from '@koa/router';
import { initContract } from '@ts-rest/core';
import type Koa from 'koa';
import { z } from 'zod';
import { type Admission, type Handler, type HandlerArgs, type Handlers, type RawBody, serve } from '../src/index.ts';

type Equal<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

const c = initContract();
const contract = c.router(
  {
    update: {
      method: 'PUT',
      path: '/posts/:id',
      pathParams: z.object({ id: z.coerce.number() }),
      query: z.object({ tag: z.array(z.string()).default([]) }),
      headers: { 'X-Count': z.coerce.number(), 'x-note': z.string().optional() },
      body: z.object({ title: z.string(), at: z.iso.datetime().transform((text) => new Date(text)) }),
      responses: {
        200: z.object({ title: z.string() }),
        204: c.noBody(),
        409: z.object({ reason: z.literal('late') }),
      },
    },
    nested: { list: { method: 'GET', path: '/posts/:kind/:page?', responses: { 200: c.type<string[]>() } } },
    whole: {
      method: 'GET',
      path: '/whole',
      headers: z.object({ 'x-a': z.string().transform(Number) }),
      responses: { 200: c.otherResponse({ contentType: 'text/csv', body: z.string() }) },
    },
  },
  { strictStatusCodes: true },
);
type Contract = typeof contract;
type Update = HandlerArgs<Contract['update'], { key: string }>;
type List = HandlerArgs<Contract['nested']['list']>;

export type Arguments = [
  Expect<Equal<Update['params'], { id: number }>>,
  Expect<Equal<Update['query'], { tag: string[] }>>,
  Expect<Equal<Update['body'], { title: string; at: Date }>>,
  Expect<Equal<Update['headers']['x-count'], number>>,
  Expect<Equal<Update['headers']['x-note'], string | undefined>>,
  Expect<Equal<Update['headers']['content-type'], string | undefined>>,
  Expect<Equal<Update['admitted'], { key: string }>>,
  Expect<Equal<Update['raw'], RawBody>>,
  Expect<Equal<Update['ctx'], Koa.Context>>,
  Expect<Equal<Update['receivedAt'], number>>,
  Expect<Equal<List['params'], { kind: string; page?: string | undefined }>>,
  Expect<Equal<List['headers'], IncomingHttpHeaders>>,
  Expect<Equal<List['admitted'], undefined>>,
  Expect<Equal<'body' extends keyof List ? true : false, false>>,
  Expect<Equal<'query' extends keyof List ? true : false, false>>,
  Expect<Equal<HandlerArgs<Contract['whole']>['headers']['x-a'], number>>,
];

type UpdateHandler = Handler<Contract['update']>;
export const ok: UpdateHandler = ({ body }) => ({ status: 200, body: { title: body.title } });
export const later: UpdateHandler = async () => ({ status: 409, body: { reason: 'late' }, headers: { 'x-a': 'b' } });
export const none: UpdateHandler = () => ({ status: 204, body: undefined });
export const csv: Handler<Contract['whole'], unknown> = () => ({ status: 200, body: 'a,b' });
// @ts-expect-error the contract has no 404 and is strict about it
export const wrongStatus: UpdateHandler = () => ({ status: 404, body: {} });
// @ts-expect-error the title of a 200 is a string
export const wrongBody: UpdateHandler = () => ({ status: 200, body: { title: 1 } });
// @ts-expect-error the body of a 409 is not that of a 200
export const wrongPair: UpdateHandler = () => ({ status: 409, body: { title: 'a' } });
// @ts-expect-error a 204 has no body
export const unwantedBody: UpdateHandler = () => ({ status: 204, body: {} });
// @ts-expect-error a header is a string
export const wrongHeader: UpdateHandler = () => ({ status: 204, body: undefined, headers: { 'x-a': 1 } });
// @ts-expect-error a handler answers
export const noAnswer: UpdateHandler = () => {};
// @ts-expect-error this body is text
export const wrongOther: Handler<Contract['whole']> = () => ({ status: 200, body: {} });
// @ts-expect-error the route has no such parameter
export const wrongParameter: UpdateHandler = ({ params }) => ({ status: 200, body: { title: params.name } });

/** A handler that does not care what was admitted serves under any admission. */
const nested: Handlers<Contract['nested'], unknown> = { list: () => ({ status: 200, body: [] }) };
// @ts-expect-error whole has no handler
export const missing: Handlers<Contract> = { update: ok, nested };
// @ts-expect-error nested.list has no handler
export const missingNested: Handlers<Contract> = { update: ok, nested: {}, whole: csv };

const admit = (raw: RawBody): Admission<{ key: string }, 'unsigned'> =>
  raw.bytes.length > 0 ? { admitted: true, value: { key: 'k' } } : { admitted: false, reason: 'unsigned' };

/** What is admitted reaches handler and refusal with the type `admit` gave it, without being named. */
export const router: Router = serve(
  contract,
  {
    update: ({ admitted, params, body }) => {
      const key: Expect<Equal<typeof admitted, { key: string }>> = true;
      return { status: 200, body: { title: `${key} ${params.id.toFixed()} ${body.at.toISOString()}` } };
    },
    nested,
    whole: csv,
  },
  {
    admit,
    refuse: (refusal, { route }) => {
      if (refusal.kind === 'not-admitted') {
        const reason: Expect<Equal<typeof refusal.reason, 'unsigned'>> = true;
        return { status: 401, body: { reason, path: route.path } };
      }
      if (refusal.kind === 'schema') {
        const admitted: Expect<Equal<typeof refusal.admitted, { key: string }>> = true;
        return { status: 400, body: { admitted, issues: refusal.issues.map(({ message }) => message) } };
      }
      return { status: refusal.kind === 'failed' ? 500 : 400, body: undefined };
    },
  },
);

/** Without `admit` nothing is admitted, and nothing can be refused for not being so. */
export const open: Router = serve(
  contract,
  {
    update: ({ admitted }) => {
      const nothing: Expect<Equal<typeof admitted, undefined>> = true;
      return { status: 200, body: { title: String(nothing) } };
    },
    nested,
    whole: csv,
  },
  {
    refuse: (refusal) => {
      if (refusal.kind === 'not-admitted') {
        const never: Expect<Equal<typeof refusal.reason, never>> = true;
        return { status: 401, body: never };
      }
      return { status: 400, body: undefined };
    },
  },
);
