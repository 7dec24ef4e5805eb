import type { ProfileCalls } from '../../flow/open-flow.ts';
import { moments } from '../../messages/license.ts';
import { v1About, v1Purchase, v1Refresh, v1Upgrade } from '../../messages/v1.ts';

const debugging = { testFlag: '1' } as const;

/** SaaS of the retired V1 as the store calls about it. */
export const v1Calls: ProfileCalls = {
  specimen: async ({ names }) => v1Purchase(names),
  debugging: (names) => {
    const id = names.id('instance');
    return [
      v1Purchase(names, debugging),
      v1About('queryInstance', id, debugging),
      v1Refresh(names, id, moments.near.written, debugging),
      v1About('instanceStatus', id, { instanceStatus: 'FREEZE', ...debugging }),
      v1Upgrade(names, id, debugging),
      v1About('expireInstance', id, debugging),
      v1About('releaseInstance', id, debugging),
    ];
  },
};
