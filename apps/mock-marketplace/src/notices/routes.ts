import * as z from 'zod';
import { Sale } from '../catalogue/product.ts';
import { digits, failures, pageLimit, time } from '../control/shapes.ts';
import { NoticeKind } from './notice.ts';

/** What the store tells the seller, and how the listings stand. */

export const NoticeView = z.object({
  id: z.string(),
  at: time,
  kind: NoticeKind,
  /** The number of the store's message type, where its page tells one. */
  storeType: z.number().nullable(),
  listing: z.string().nullable(),
  subscription: z.string().nullable(),
  orderId: z.string().nullable(),
  messageId: z.string().nullable(),
  text: z.string(),
});

const ListingView = z.object({
  listing: z.string(),
  sale: Sale,
  failedOrdersThisMonth: z.number(),
  consecutiveProbeFailureDays: z.number(),
  thresholds: z.object({ warningAt: z.number(), delistedAt: z.number(), suspendedAfterDays: z.number() }),
});

export const noticeRoutes = {
  notices: {
    method: 'GET',
    path: '/notices',
    summary: 'What the store would mail to the seller, oldest first',
    query: z.strictObject({
      kind: NoticeKind.optional(),
      listing: z.string().optional(),
      orderId: z.string().optional(),
      after: digits.transform(Number).optional(),
      limit: pageLimit,
    }),
    responses: { ...failures, 200: z.array(NoticeView) },
  },
  listings: {
    method: 'GET',
    path: '/listings',
    summary: 'What is sold as a whole, how often its interface failed, and how often it may',
    responses: { 200: z.array(ListingView) },
  },
} as const;
