import { faultsOf, type MemberFault, type MemberTable } from '../../src/cases/shared/members.ts';
import type { ProfileId } from '../../src/profiles.ts';
import type { Json, Steps } from '../reference/steps.ts';
import type { Mutant } from './mutant.ts';

/** One mutant for each way in which a member can be wrong: it lets exactly that through. */
export const schemaMutants = (profile: ProfileId, tables: readonly MemberTable[]): readonly Mutant[] =>
  tables.flatMap((table) => [
    ...faultsOf(table).map((fault) => ({
      breaks: `${profile}.schema.${fault.slug}`,
      steps: () => forgiving(table.activity, fault),
    })),
    { breaks: `${profile}.schema.${table.slug}-names-member`, steps: () => taciturn(table.activity) },
  ]);

/** Refuses with one and the same sentence. */
const taciturn = (activity: string): Partial<Steps> => ({
  tells: (given, fault) => (given === activity ? 'a parameter is not legal' : fault),
});

const forgiving = (activity: string, fault: MemberFault): Partial<Steps> => ({
  minds: (given, member, json) => !(given === activity && member === fault.member && isFault(json, fault)),
});

function isFault(json: Json, { member, value }: MemberFault): boolean {
  if (value === undefined) return !(member in json);
  return JSON.stringify(json[member]) === JSON.stringify(value);
}
