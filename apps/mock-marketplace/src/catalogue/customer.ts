import * as z from 'zod';
import { CustomerLevel } from './customer-level.ts';

/** Who buys. The level decides how long an expired subscription is kept (R24). */
export const Customer = z.strictObject({
  customer: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens'),
  name: z.string().min(1).max(255),
  level: CustomerLevel,
});
export type Customer = z.output<typeof Customer>;
