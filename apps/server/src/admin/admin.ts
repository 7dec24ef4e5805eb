import { hash, timingSafeEqual } from 'node:crypto';
import { defaultLimits, type Refusal, serve } from '@koobridge/ts-rest-koa';
import { ContractNoBody } from '@ts-rest/core';
import type { Replay, Skip } from '../outbox/outbox.ts';
import type { Channel } from '../outbox/tables.ts';
import type { Purge, TenantRecord } from '../tenants/tenants.ts';
import { adminContract } from './contract.ts';
import { type LoginNeed, login, loginUrls, refreshLogin } from './kit-login.ts';
import type { AdminQueries } from './queries.ts';
import { pushUsage, type UsageNeed } from './usage-records.ts';
import { callbackView, eventView, instanceView, licenseView, lineView, openQuestion, recordView } from './views.ts';

export interface AdminNeed {
  readonly queries: AdminQueries;
  readonly tenants: LoginNeed['tenants'] & { records(tenantId: string): Promise<readonly TenantRecord[]> };
  readonly usage: Omit<UsageNeed, 'now'>;
  readonly kit: LoginNeed['kit'];
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Sends an event that was given up once more, in a transaction of its own. */
  readonly replay: (eventId: string) => Promise<Replay>;
  /** Forgets a dissolved tenant, in a transaction of its own. */
  readonly purgeTenant: (tenantId: string) => Promise<Purge>;
  /** Gives up an event that waits, in a transaction of its own. */
  readonly skip: (eventId: string, channel: Channel | undefined) => Promise<Skip>;
}

/** The operators' view, behind a bearer token. */
export function admin({ queries, tenants, usage, kit, token, now, replay, skip, purgeTenant }: AdminNeed) {
  const expected = sha256(token);
  return serve(
    adminContract,
    {
      license: async ({ params: { code } }) => {
        const found = await queries.license(code);
        if (found === undefined) return { status: 404, body: { error: `no license ${code} is known here` } };
        const { license, lines } = found;
        const orderLines = lines.map(lineView);
        return { status: 200, body: { ...licenseView(license), ...openQuestion(license), orderLines } };
      },
      licenses: async ({ query: { attention, after, limit } }) => {
        const rows = await queries.licenses(attention, after, limit, now());
        return { status: 200, body: { licenses: rows.map(licenseView) } };
      },
      instance: async ({ params: { id } }) => {
        const row = await queries.instance(id);
        if (row === undefined) return { status: 404, body: { error: `no instance ${id} is known here` } };
        const lines = await queries.orderLines(id);
        const { order_id: orderId, order_line_id: orderLineId } = row;
        // An expiry comes first; else what keeps the handler from being called, where the store has not told the order.
        const question = row.reason === null ? await queries.orderQuestion({ orderId, orderLineId }) : row;
        const open = openQuestion(question ?? row);
        return { status: 200, body: { ...instanceView(row), ...open, orderLines: lines.map(lineView) } };
      },
      instances: async ({ query: { attention, after, limit } }) => {
        const rows = await queries.instances(attention, after, limit, now());
        return { status: 200, body: { instances: rows.map(instanceView) } };
      },
      tenant: async ({ params: { id } }) => {
        const records = await tenants.records(id);
        if (records.length === 0) return { status: 404, body: { error: `no tenant ${id} is known here` } };
        return { status: 200, body: { tenantId: id, records: records.map(recordView) } };
      },
      purgeTenant: async ({ params: { id } }) => {
        switch (await purgeTenant(id)) {
          case 'purged':
            return { status: 200, body: { purged: id } };
          case 'not-dissolved':
            return {
              status: 409,
              body: { error: `tenant ${id} was not dissolved: the store has sent no tenantSync with flag 0` },
            };
          case 'unknown':
            return { status: 404, body: { error: `no tenant ${id} is known here` } };
        }
      },
      callbacks: async ({ query: { subject, conflict, before, limit } }) => {
        const rows = await queries.callbacks({ subject, conflictsOnly: conflict === 'true', before, limit });
        return { status: 200, body: { callbacks: rows.map(callbackView) } };
      },
      events: async ({ query: { state, after, limit } }) => {
        const rows = await queries.events(state, after, limit);
        return { status: 200, body: { events: rows.map(eventView) } };
      },
      replayEvent: async ({ params: { id } }) => {
        switch (await replay(id)) {
          case 'replayed':
            return { status: 200, body: { replayed: id } };
          case 'not-dead':
            return {
              status: 409,
              body: { error: `event ${id} has not been given up; it will be tried again by itself` },
            };
          case 'unknown':
            return {
              status: 404,
              body: { error: `no event ${id} waits here or was given up; one that was delivered is forgotten` },
            };
        }
      },
      skipEvent: async ({ params: { id }, query: { channel } }) => {
        switch (await skip(id, channel)) {
          case 'skipped':
            return { status: 200, body: { skipped: id } };
          case 'not-waiting':
            return { status: 409, body: { error: `event ${id} does not wait: it was given up before` } };
          case 'unknown':
            return { status: 404, body: { error: `no event ${id} waits here; one that was delivered is forgotten` } };
        }
      },
      pushUsage: (asked) => pushUsage(asked, { ...usage, now }),
      login: (asked) => login(asked, { tenants, kit }),
      refreshLogin: (asked) => refreshLogin(asked, { tenants, kit }),
      loginUrl: (asked) => loginUrls(asked, { tenants }),
    },
    {
      limits: (route) => ({
        bytes: 'body' in route && route.body !== ContractNoBody ? defaultLimits.bytes : 0,
      }),
      admit: (_raw, { ctx }) =>
        isBearer(ctx.get('Authorization'), expected)
          ? { admitted: true, value: undefined }
          : { admitted: false, reason: undefined },
      refuse: (refusal, { ctx }) => {
        if (refusal.kind === 'failed') ctx.app.emit('error', refusal.error, ctx);
        return refusalAnswer(refusal);
      },
    },
  );
}

/** Digests have one length, so the comparison takes the same time for every token. */
function isBearer(header: string, expected: Buffer): boolean {
  const given = /^bearer ([^ ]+)$/i.exec(header)?.[1];
  return given !== undefined && timingSafeEqual(sha256(given), expected);
}

// By way of text, because bytes that come from the outside of V8 one by one are a burden to its garbage collector.
const sha256 = (text: string): Buffer => Buffer.from(hash('sha256', text, 'hex'), 'latin1');

function refusalAnswer(refusal: Refusal<undefined, undefined>) {
  switch (refusal.kind) {
    case 'not-admitted':
      return {
        status: 401,
        headers: { 'WWW-Authenticate': 'Bearer' },
        body: { error: 'send "Authorization: Bearer <token>" with the token of KOOBRIDGE_ADMIN_TOKEN' },
      };
    case 'schema':
      return {
        status: 400,
        body: { error: refusal.issues.map(({ path = [], message }) => `${path.join('.')}: ${message}`).join('; ') },
      };
    case 'failed':
      return { status: 500, body: { error: 'the ledger could not be read; see the server’s log' } };
    default:
      return { status: 400, body: { error: refusal.kind } };
  }
}
