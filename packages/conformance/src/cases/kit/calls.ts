import type { ProfileCalls } from '../../flow/open-flow.ts';
import { application, authorization, department, organisation, tenant } from '../../messages/kit.ts';

const debugging = { testFlag: 1 } as const;

/** The Kit as the store calls it. */
export const kitCalls: ProfileCalls = {
  specimen: async ({ names }) => tenant(names),
  debugging: (names) => [
    tenant(names, debugging),
    application(names, debugging),
    authorization(names, debugging),
    department(names, debugging),
    organisation(names, debugging),
  ],
};
