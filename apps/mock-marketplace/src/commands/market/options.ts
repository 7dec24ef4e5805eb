import type * as z from 'zod';
import type { OptionTable } from '../action.ts';
import { type Misuse, misuse } from '../exit-code.ts';
import { marketOption } from './client.ts';

/** Options that several commands share. Values are checked by the marketplace, whose words for it are printed. */

export const pageOptions = {
  ...marketOption,
  after: { type: 'string', value: 'id', help: 'only what comes behind this one' },
  limit: { type: 'string', value: 'n', help: 'how many at most, 1000 unless told' },
} as const satisfies OptionTable;

export const mostListed = 1000;

export const renewalOptions = {
  ...marketOption,
  period: { type: 'string', value: 'year|month', help: 'another period type' },
  periods: { type: 'string', value: 'n', help: 'how many periods, 1 unless told' },
} as const satisfies OptionTable;

export const refundOptions = {
  ...marketOption,
  approval: {
    type: 'string',
    value: 'automatic|manual',
    help: 'manual: the order waits for "orders approve" or "reject"',
  },
} as const satisfies OptionTable;

type Given = Readonly<Record<string, string | boolean | undefined>>;

/** Options as the control API takes them, without those that were not given; `numbers` are those that are numbers there. */
export function given(values: Given, numbers: Readonly<Record<string, string | undefined>> = {}): object {
  const counted = Object.entries(numbers).map(([name, text]) => [name, text === undefined ? text : numberIn(text)]);
  const all = [...Object.entries(values), ...counted];
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** What is no number stays what it is, for the schema to refuse. */
const numberIn = (text: string): number | string => (/^\d{1,15}$/.test(text) ? Number(text) : text);

export type Read<Value> = { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & Misuse);

/** Reads what the options say through the schema of a route, so that what is wrong is told before anything is asked. */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown): Read<z.output<Schema>> {
  const reading = schema.safeParse(value);
  if (reading.success) return { ok: true, value: reading.data };
  const [issue] = reading.error.issues;
  const path = issue?.path.join('.') ?? '';
  return { ok: false, ...misuse(`${path === '' ? '' : `--${path}: `}${issue?.message ?? 'not understood'}.`) };
}
