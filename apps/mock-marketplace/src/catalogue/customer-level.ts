import type { ChargingMode } from '@koobridge/contracts';
import * as z from 'zod';

export const CustomerLevel = z.enum(['V0', 'V1', 'V2', 'V3', 'V4', 'V5']);
export type CustomerLevel = z.output<typeof CustomerLevel>;

/** Natural days of grace (宽限期) after expiry, and of retention (保留期) after the grace. */
interface Windows {
  readonly grace: number;
  readonly retention: number;
}

type Levels = Readonly<Record<CustomerLevel, Windows>>;

/** For products paid by the period, China site (R24; `usermanual-period/zh-cn_topic_0086671074`). */
const periodic: Levels = {
  V0: { grace: 1, retention: 1 },
  V1: { grace: 1, retention: 7 },
  V2: { grace: 1, retention: 7 },
  V3: { grace: 7, retention: 7 },
  V4: { grace: 7, retention: 15 },
  V5: { grace: 7, retention: 15 },
};

/** For what is paid by use, a package included; the same page. */
const onDemand: Levels = {
  V0: { grace: 0, retention: 1 },
  V1: { grace: 0, retention: 7 },
  V2: { grace: 0, retention: 7 },
  V3: { grace: 1, retention: 7 },
  V4: { grace: 7, retention: 15 },
  V5: { grace: 7, retention: 15 },
};

export const windowsOf = (level: CustomerLevel, chargingMode: ChargingMode): Windows =>
  (chargingMode.startsWith('ON_DEMAND') ? onDemand : periodic)[level];
