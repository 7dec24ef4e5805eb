import * as z from 'zod';

/** Of what the store tells a seller, by mail, short message or on its site (`seller center`, 消息). */
export const NoticeKind = z.enum([
  /** An attempt to order an instance failed; each one is told. */
  'CREATE_FAILED',
  /** The repetitions of another call are used up: the seller repairs, then restarts the message by hand. */
  'CALL_FAILED',
  /** The order behind a call that was given up was unsubscribed, with a full refund. */
  'ORDER_UNSUBSCRIBED',
  'UNSUBSCRIPTION_ASKED',
  'RENEWED',
  'PROBE_FAILED',
  /** Trading is frozen after days of failed probes. */
  'SALE_SUSPENDED',
  'DELISTING_WARNING',
  'DELISTED',
]);
export type NoticeKind = z.output<typeof NoticeKind>;

export const Notice = z.object({
  id: z.number(),
  /** On the life-cycle clock. */
  at: z.number(),
  kind: NoticeKind,
  listing: z.string().nullable(),
  subscription: z.string().nullable(),
  orderId: z.string().nullable(),
  /** The message that failed. */
  message: z.number().nullable(),
  /** One sentence, or two: what happened, and what to do about it. */
  text: z.string(),
});
export type Notice = z.output<typeof Notice>;

/** The number of the store's message type, for what its page names one: 产品创建开通通知 is 101, 运维提醒 is 501. */
export const storeType: Readonly<Partial<Record<NoticeKind, number>>> = {
  CREATE_FAILED: 101,
  UNSUBSCRIPTION_ASKED: 101,
  CALL_FAILED: 501,
};

type Optional = 'listing' | 'subscription' | 'orderId' | 'message';

/** A notice before it is sent. */
export type NoticeDraft = Pick<Notice, 'kind' | 'text'> & Partial<Pick<Notice, Optional>>;
