import * as z from 'zod';
import { optionalText, optionalUnlessEmpty, text } from '../text.ts';

const employeeTypes = [1, 2, 3, 4] as const;
const employeeTypeOf = { '1': 1, '2': 2, '3': 3, '4': 4 } as const;

/** 1 regular, 2 intern, 3 labour dispatch, 4 outsourced; as a number or its digit, read as a number. */
const EmployeeType = z.union(
  [z.literal(employeeTypes), z.enum(['1', '2', '3', '4']).transform((digit) => employeeTypeOf[digit])],
  'must be 1, 2, 3 or 4',
);

/** No depth is documented; nobody's data are nested deeper, and what is cannot be written again by every JSON writer. */
const deepest = 32;

/** Whether no list or object lies deeper; without recursion, because the depth is a stranger's choice. */
function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    level = level.filter((each) => typeof each === 'object' && each !== null);
  }
  return level.length === 0;
}

/** A user of a tenant, unique in it by `userName`. Personal data; where it is kept, R27 holds. */
export const KitUser = z.object({
  userName: text(64),
  name: text(64),
  orgCode: text(64),
  position: optionalText(64),
  employeeCode: optionalText(64),
  employeeType: optionalUnlessEmpty(EmployeeType),
  role: z.enum(['user', 'admin']),
  /** A text, not a boolean. */
  enable: z.enum(['true', 'false']),
  mobile: optionalText(32),
  email: optionalText(128),
  workPlace: optionalText(256),
  entryDate: optionalText(20),
  /** Whatever else the enterprise passes on; V1 puts the employee's type, place and date here. */
  extension: optionalUnlessEmpty(
    z.record(z.string(), z.unknown()).refine(isShallow, `must not be nested deeper than ${deepest} levels`),
  ),
});
export type KitUser = z.output<typeof KitUser>;
