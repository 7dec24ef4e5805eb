import type { ReceiptRow } from '../ledger/tables.ts';
import type { LifeRow } from '../life/tables.ts';
import type { TenantRecord } from '../tenants/tenants.ts';
import type { EventOverview, InstanceOverview, LicenseOverview, LineOverview, OpenQuestion } from './queries.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

const lifeView = (row: LifeRow & OpenQuestion) => ({
  status: row.status,
  expiresAt: row.expires_at === null ? null : iso(row.expires_at),
  expiryConfirmed: row.reason !== 'expiry',
  updatedAt: iso(row.updated_at),
});

export const licenseView = (row: LicenseOverview) => ({ code: row.code, ...lifeView(row) });

export const instanceView = (row: InstanceOverview) => ({
  instanceId: row.instance_id,
  ...lifeView(row),
  provisioning: row.provisioning,
  orderId: row.order_id,
  orderLineId: row.order_line_id,
});

export const recordView = ({ instanceId, kind, data }: TenantRecord) => ({ instanceId, kind, data });

export const openQuestion = ({ reason, attempts, problem }: OpenQuestion) => ({
  confirmation: reason === null ? null : { reason, attempts: attempts ?? 0, problem },
});

export const lineView = (row: LineOverview) => ({
  orderId: row.order_id,
  orderLineId: row.order_line_id,
  activity: row.activity,
  scene: row.scene,
  productId: row.product_id,
  expiresAt: row.expires_at === null ? null : iso(row.expires_at),
  appliedAt: iso(row.applied_at),
});

export const callbackView = (row: ReceiptRow) => ({
  id: row.id,
  receivedAt: iso(row.received_at),
  activity: row.activity,
  subject: row.subject,
  keyId: row.key_id,
  reading: row.reading,
  nonce: row.nonce,
  body: row.hashed === 1 ? null : Buffer.from(row.body).toString(),
  bodySha256: row.hashed === 1 ? Buffer.from(row.body).toString('hex') : null,
  resultCode: row.result_code,
  conflict: row.conflict,
  durationMs: row.duration_us / 1000,
});

export const eventView = (row: EventOverview) => ({
  position: row.id,
  id: row.event_id,
  channel: row.channel,
  type: row.type,
  subject: row.subject,
  createdAt: iso(row.created_at),
  attempts: row.attempts,
  nextAttemptAt: row.next_attempt_at === null ? null : iso(row.next_attempt_at),
  diedAt: row.dead_at === null ? null : iso(row.dead_at),
  problem: row.problem,
});
