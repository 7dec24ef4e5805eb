import { createHash, timingSafeEqual } from 'node:crypto';
import { type Refusal, serve } from '@koobridge/ts-rest-koa';
import type { OrderLineRow, ReceiptRow } from '../ledger/tables.ts';
import { adminContract } from './contract.ts';
import type { AdminQueries, LicenseOverview } from './queries.ts';

/** The operators' view, behind a bearer token. `now` in milliseconds since the epoch. */
export function admin(queries: AdminQueries, token: string, now: () => number) {
  return serve(
    adminContract,
    {
      license: async ({ params: { code } }) => {
        const row = await queries.license(code);
        if (row === undefined) return { status: 404, body: { error: `no license ${code} is known here` } };
        const lines = await queries.orderLines(code);
        return { status: 200, body: { ...licenseView(row), ...openQuestion(row), orderLines: lines.map(lineView) } };
      },
      licenses: async ({ query: { attention, after, limit } }) => {
        const rows = await queries.licenses(attention, after, limit, now());
        return { status: 200, body: { licenses: rows.map(licenseView) } };
      },
      callbacks: async ({ query: { subject, conflict, before, limit } }) => {
        const rows = await queries.callbacks({ subject, conflictsOnly: conflict === 'true', before, limit });
        return { status: 200, body: { callbacks: rows.map(callbackView) } };
      },
    },
    {
      limits: { bytes: 0 },
      admit: (_raw, { ctx }) =>
        isBearer(ctx.get('Authorization'), token)
          ? { admitted: true, value: undefined }
          : { admitted: false, reason: undefined },
      refuse: (refusal, { ctx }) => {
        if (refusal.kind === 'failed') ctx.app.emit('error', refusal.error, ctx);
        return refusalAnswer(refusal);
      },
    },
  );
}

function isBearer(header: string, token: string): boolean {
  const given = /^bearer ([^ ]+)$/i.exec(header)?.[1];
  // Digests have one length, so the comparison takes the same time for every token.
  return given !== undefined && timingSafeEqual(sha256(given), sha256(token));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

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

const iso = (instant: number): string => new Date(instant).toISOString();

const licenseView = (row: LicenseOverview) => ({
  code: row.code,
  status: row.status,
  expiresAt: row.expires_at === null ? null : iso(row.expires_at),
  expiryConfirmed: row.reason !== 'expiry',
  updatedAt: iso(row.updated_at),
});

const openQuestion = ({ reason, attempts, problem }: LicenseOverview) => ({
  confirmation: reason === null ? null : { reason, attempts: attempts ?? 0, problem },
});

const lineView = (row: OrderLineRow) => ({
  orderId: row.order_id,
  orderLineId: row.order_line_id,
  scene: row.scene,
  productId: row.product_id,
  expiresAt: iso(row.expires_at),
  appliedAt: iso(row.applied_at),
});

const callbackView = (row: ReceiptRow) => ({
  id: row.id,
  receivedAt: iso(row.received_at),
  activity: row.activity,
  subject: row.subject,
  keyId: row.key_id,
  reading: row.reading,
  nonce: row.nonce,
  body: Buffer.from(row.body).toString(),
  resultCode: row.result_code,
  conflict: row.conflict,
  durationMs: row.duration_us / 1000,
});
