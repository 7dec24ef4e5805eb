import type { Message } from '../callbacks/message.ts';
import { addDays } from '../clock/calendar.ts';
import type { Records } from '../database/records.ts';
import { caseCallback } from '../debugging/callback.ts';
import type { DebuggingCase } from '../debugging/case.ts';
import { mostCases } from '../debugging/run.ts';

/** Probes are remembered for two weeks; a year of them has 730 a case. */
const daysKept = 14;

/** The probes of now: each saved case of the listings on sale, or of one of them. What is not on sale is not probed. */
export function beginProbes(
  records: Records,
  listing?: string,
): { readonly one: DebuggingCase; readonly message: Message }[] {
  const { catalogue, clock, debuggingCases, messages } = records;
  const now = clock.now();
  messages.forgetProbes(addDays(now, -daysKept));
  const sold = new Set(catalogue.products().map((product) => product.listing));
  return debuggingCases
    .list(listing, undefined, mostCases)
    .filter((one) => sold.has(one.listing) && catalogue.sale(one.listing) === 'ON_SALE')
    .map((one) => {
      const message = messages.add(caseCallback(one, 'PROBE'), now);
      debuggingCases.ran(one.id, message.id);
      return { one, message };
    });
}
