/** Members of the V1 interfaces, which are GET requests: every value is a text, and an empty one stands for none. */
import * as z from 'zod';
import { ExpireTime } from '../production/expire-time.ts';
import { optionalText, optionalUnlessEmpty, textUpTo } from '../text.ts';

/** An optional text whose length no page gives; the bound is our own. */
export const textOfUnknownLength = optionalText(255);

/** An optional integer of up to `digits` digits; read as a number. */
export const optionalInteger = (digits: number) =>
  optionalUnlessEmpty(
    z
      .string()
      .regex(new RegExp(`^\\d{1,${digits}}$`), `must be an integer of at most ${digits} digits`)
      .transform(Number),
  );

/** A linear attribute: a quantity, GB or Mbps. The pages give 4 or 7 digits. */
export const LinearValue = optionalInteger(7);

/** `1` is yes; `0`, empty or absent is no. Read as a boolean. */
export const YesNo = z
  .literal(['1', '0', ''], 'must be "1" or "0"')
  .nullish()
  .transform((flag) => flag === '1');

export const OptionalExpireTime = optionalUnlessEmpty(ExpireTime);

export const PeriodType = optionalUnlessEmpty(z.enum(['year', 'month']));

export const PeriodNumber = optionalInteger(2);

/** The amount paid, in yuan or dollars, with up to 3 decimals; newer pages have it negative for a cancelled renewal. */
export const OrderAmount = optionalUnlessEmpty(
  textUpTo(20)
    .regex(/^-?\d+(\.\d{1,3})?$/, 'must be a decimal with at most 3 decimals')
    .transform(Number),
);

const chargingModes = { '0': 0, '1': 1, '3': 3, '5': 5 } as const;

/** 0 on demand, 1 by period, 3 one-time, 5 on-demand package. */
export const ChargingMode = optionalUnlessEmpty(
  z.enum(['0', '1', '3', '5'], 'must be 0, 1, 3 or 5').transform((digit) => chargingModes[digit]),
);

/** Base64 of JSON, see `readSaasExtendParams`. */
export const SaasExtendParams = optionalText(2048);
