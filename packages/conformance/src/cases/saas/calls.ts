import type { ProfileCalls } from '../../flow/open-flow.ts';
import { moments } from '../../messages/license.ts';
import {
  changeCheck,
  instanceStatus,
  purchase,
  query,
  refresh,
  releaseInstance,
  upgrade,
} from '../../messages/saas.ts';

const debugging = { testFlag: '1' } as const;

/** SaaS as the store calls about it. */
export const saasCalls: ProfileCalls = {
  specimen: async ({ names }) => purchase(names),
  debugging: (names) => {
    const id = names.id('instance');
    return [
      purchase(names, debugging),
      query(id, debugging),
      refresh(names, id, moments.near.written, debugging),
      instanceStatus(id, 'FREEZE', debugging),
      instanceStatus(id, 'UNFREEZE', debugging),
      upgrade(names, id, debugging),
      changeCheck(id, debugging),
      releaseInstance(id, debugging),
    ];
  },
};
