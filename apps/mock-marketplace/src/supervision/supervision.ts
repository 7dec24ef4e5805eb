import * as z from 'zod';
import type { Access } from '../catalogue/product.ts';

/** A License code is delivered, claimed, activated and proven; everything else is agreed on, delivered and accepted. */
export const Flow = z.enum(['LICENSE_CODE', 'STANDARD']);
export type Flow = z.output<typeof Flow>;

/**
 * Where a supervision stands, named by what is done next. `CLOSING` until the clock closes it, then one of the last four:
 * `DONE` by its nodes, `CLOSED` and `REFUNDED` by a decision on an appeal, `ENDED` because what was sold is released.
 */
export const Node = z.enum([
  'SUBMIT_REQUIREMENT',
  'CONFIRM',
  'DELIVER',
  'ACCEPT',
  'CLAIM',
  'ACTIVATE',
  'PROOF',
  'CLOSING',
  'DONE',
  'CLOSED',
  'REFUNDED',
  'ENDED',
]);
export type Node = z.output<typeof Node>;

export const Step = z.enum(['submit', 'confirm', 'deliver', 'accept', 'reject', 'claim', 'activate', 'proof', 'close']);
export type Step = z.output<typeof Step>;

export const Party = z.enum(['BUYER', 'SELLER']);
export type Party = z.output<typeof Party>;

export const Outcome = z.enum(['continue', 'close', 'refund']);
export type Outcome = z.output<typeof Outcome>;

const Entry = z.object({
  at: z.number(),
  what: z.enum([...Step.options, 'appeal', ...Outcome.options, 'end']),
  /** What whoever did it wrote or attached: a requirement, a reason, the address of a proof. */
  text: z.string().nullable(),
});
export type Entry = z.output<typeof Entry>;

/** The supervised delivery of one order (服务监管). Instants are those of the life-cycle clock. */
export const Supervision = z.object({
  orderId: z.string(),
  subscription: z.string(),
  flow: Flow,
  node: Node,
  /** While it is not decided, neither side can act. */
  appeal: z.object({ by: Party, reason: z.string(), at: z.number() }).nullable(),
  /** The seller's word on when the service really began (服务实际开通时间). */
  openingAt: z.number().nullable(),
  /** When it is done, once it is accepted. */
  closesAt: z.number().nullable(),
  /** The latest entries, oldest first. */
  history: z.array(Entry),
});
export type Supervision = z.output<typeof Supervision>;

const firstNode = { LICENSE_CODE: 'DELIVER', STANDARD: 'SUBMIT_REQUIREMENT' } as const satisfies Record<Flow, Node>;

/** The supervision that a new order starts; renewals and trials start none. */
export function beginSupervision(orderId: string, subscription: string, access: Access): Supervision {
  const flow = access === 'LICENSE_CODE' ? 'LICENSE_CODE' : 'STANDARD';
  return {
    orderId,
    subscription,
    flow,
    node: firstNode[flow],
    appeal: null,
    openingAt: null,
    closesAt: null,
    history: [],
  };
}
