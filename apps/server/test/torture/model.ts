import type { EventType } from '@koobridge/contracts';
import type { Life, Operation } from './lives.ts';

/** What the rulings say that becomes of a license or an instance, written from them and not from the server. */
export interface Subject {
  readonly status: 'ACTIVE' | 'FROZEN' | 'RELEASED';
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | null;
  readonly renewed: boolean;
  /** The order lines that took effect, with the expiry they brought. */
  readonly lines: ReadonlyMap<string, number | null>;
}

export interface Outcome {
  readonly resultCode: '000000' | '000003';
  readonly subject: Subject | undefined;
  readonly events: readonly ExpectedEvent[];
}

export interface ExpectedEvent {
  readonly type: EventType;
  /** Of `data`, what is told of this change alone: the subject, and what only the call decides, stand elsewhere. */
  readonly data: Readonly<Record<string, string | null>>;
}

const unborn: Subject = { status: 'ACTIVE', expiresAt: null, renewed: false, lines: new Map() };

export const lineOf = (operation: {
  readonly orderId: string;
  readonly orderLineId: string;
  readonly scene?: string;
}) => `${operation.orderId} ${operation.orderLineId} ${operation.scene ?? ''}`;

/** What a call does when it is the first of its order line or the repeat of one. */
export function apply(known: Subject | undefined, operation: Operation, of: Life['of']): Outcome {
  const same = (resultCode: Outcome['resultCode']): Outcome => ({ resultCode, subject: known, events: [] });
  // A code is taken in on first sight, an instance is known from its purchase on (R19).
  if (known === undefined && of === 'instance' && operation.kind !== 'buy') return same('000003');
  const before = known ?? unborn;
  const isReleased = before.status === 'RELEASED';
  // A line that took effect stays answered, come what may (R15, R18).
  if ('orderId' in operation && before.lines.has(lineOf(operation))) return same('000000');
  switch (operation.kind) {
    case 'buy': {
      const { orderId, orderLineId } = operation;
      return {
        resultCode: '000000',
        subject: { ...before, lines: withLine(before, operation, null) },
        events: [
          { type: 'instance.created', data: { orderId, orderLineId } },
          { type: 'instance.ready', data: {} },
        ],
      };
    }
    case 'refresh': {
      if (isReleased) return same('000003');
      const { orderId, orderLineId, scene } = operation;
      const expiresAt = expiryAfter(before, operation);
      const renewed = before.renewed || scene === 'RENEWAL' || scene === 'RENEWAL_CHANGE';
      const data = { scene, orderId, orderLineId, expiresAt: new Date(expiresAt).toISOString() };
      return {
        resultCode: '000000',
        subject: { ...before, expiresAt, renewed, lines: withLine(before, operation, operation.expiresAt) },
        events: [{ type: `${of}.refreshed`, data }],
      };
    }
    case 'status': {
      if (isReleased) return same(operation.status === 'FREEZE' ? '000000' : '000003');
      const status = operation.status === 'FREEZE' ? 'FROZEN' : 'ACTIVE';
      return {
        resultCode: '000000',
        subject: { ...before, status },
        events: status === before.status ? [] : [{ type: `${of}.status_changed`, data: { status } }],
      };
    }
    case 'release':
      if (isReleased) return same('000000');
      return {
        resultCode: '000000',
        subject: { ...before, status: 'RELEASED' },
        events: [{ type: `${of}.released`, data: { orderId: null, orderLineId: null } }],
      };
    case 'upgrade': {
      if (isReleased) return same('000003');
      const { orderId, orderLineId } = operation;
      return {
        resultCode: '000000',
        subject: { ...before, lines: withLine(before, operation, null) },
        events: [{ type: 'instance.upgraded', data: { orderId, orderLineId } }],
      };
    }
    case 'query':
      return same(isReleased ? '000003' : '000000');
  }
}

const withLine = (before: Subject, operation: Parameters<typeof lineOf>[0], expiresAt: number | null) =>
  new Map(before.lines).set(lineOf(operation), expiresAt);

/** R16. */
function expiryAfter(
  { expiresAt, renewed }: Subject,
  { scene, expiresAt: given }: Extract<Operation, { kind: 'refresh' }>,
) {
  if (expiresAt === null) return given;
  if (scene === 'TRIAL_TO_FORMAL') return renewed ? expiresAt : given;
  return scene === 'UNSUBSCRIBE_RENEWAL_PERIOD' ? Math.min(expiresAt, given) : Math.max(expiresAt, given);
}

/** Whatever order the calls of a step arrive in, this is what all of them leave behind. */
export function applyStep(known: Subject | undefined, step: readonly Operation[], of: Life['of']): Subject | undefined {
  return step.reduce((subject, operation) => apply(subject, operation, of).subject, known);
}
