import * as z from 'zod';
import { failures, optional, pageLimit, time } from '../control/shapes.ts';
import { Flow, Node, Outcome, Party, Step, Supervision } from './supervision.ts';

/** Service supervision (服务监管): both sides and the operations manager are played here; a code is claimed and activated as any other. */

const SupervisionView = z.object({
  orderId: z.string(),
  subscription: z.string(),
  flow: Flow,
  node: Node,
  /** What may be done now: nothing while an appeal waits for its decision. */
  steps: z.array(Step),
  appeal: z.object({ by: Party, reason: z.string(), at: time }).nullable(),
  openingDate: time.nullable(),
  closesAt: time.nullable(),
  history: z.array(
    z.object({ at: time, what: Supervision.shape.history.element.shape.what, text: z.string().nullable() }),
  ),
});
export type SupervisionView = z.output<typeof SupervisionView>;

const text = z.string().trim().min(1).max(1000);
const view = { ...failures, 200: SupervisionView };

export const supervisionRoutes = {
  supervisions: {
    method: 'GET',
    path: '/supervision',
    summary: 'Lists the supervised orders',
    query: z.strictObject({ after: z.string().optional(), limit: pageLimit }),
    responses: { ...failures, 200: z.array(SupervisionView) },
  },
  supervision: {
    method: 'GET',
    path: '/supervision/:orderId',
    summary: 'Shows where the delivery of an order stands, and what may be done now',
    responses: view,
  },
  submitRequirement: {
    method: 'POST',
    path: '/supervision/:orderId/submit',
    summary: 'The buyer says what is wanted',
    body: optional({ requirement: text.optional() }),
    responses: view,
  },
  confirmRequirement: {
    method: 'POST',
    path: '/supervision/:orderId/confirm',
    summary: 'The seller agrees to it',
    body: optional({}),
    responses: view,
  },
  deliver: {
    method: 'POST',
    path: '/supervision/:orderId/deliver',
    summary: 'The seller has delivered',
    body: optional({ evidence: text.optional(), openingDate: z.iso.datetime({ offset: true }).optional() }),
    responses: view,
  },
  acceptDelivery: {
    method: 'POST',
    path: '/supervision/:orderId/accept',
    summary: 'The buyer accepts the delivery',
    body: optional({}),
    responses: view,
  },
  rejectDelivery: {
    method: 'POST',
    path: '/supervision/:orderId/reject',
    summary: 'The seller rejects the requirement, or the buyer the delivery: it goes one node back',
    body: z.strictObject({ reason: text }),
    responses: view,
  },
  proveDelivery: {
    method: 'POST',
    path: '/supervision/:orderId/proof',
    summary: 'The seller uploads the proof of delivery of a code: a text, or where it is found',
    body: z.strictObject({ proof: text }),
    responses: view,
  },
  appeal: {
    method: 'POST',
    path: '/supervision/:orderId/appeal',
    summary: 'Freezes it until the operations manager has decided',
    body: z.strictObject({ by: Party, reason: text }),
    responses: view,
  },
  decideAppeal: {
    method: 'POST',
    path: '/supervision/:orderId/decide',
    summary: 'The operations manager decides on an appeal',
    body: z.strictObject({ outcome: Outcome }),
    responses: view,
  },
} as const;
