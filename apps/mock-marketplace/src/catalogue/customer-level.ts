import * as z from 'zod';

export const CustomerLevel = z.enum(['V0', 'V1', 'V2', 'V3', 'V4', 'V5']);
export type CustomerLevel = z.output<typeof CustomerLevel>;

/** Natural days of grace (宽限期) after expiry, and of retention (保留期) after the grace. */
interface Windows {
  readonly grace: number;
  readonly retention: number;
}

/** For products paid by the period, China site (R24; `usermanual-period/zh-cn_topic_0086671074`). */
export const periodicWindows: Readonly<Record<CustomerLevel, Windows>> = {
  V0: { grace: 1, retention: 1 },
  V1: { grace: 1, retention: 7 },
  V2: { grace: 1, retention: 7 },
  V3: { grace: 7, retention: 7 },
  V4: { grace: 7, retention: 15 },
  V5: { grace: 7, retention: 15 },
};
