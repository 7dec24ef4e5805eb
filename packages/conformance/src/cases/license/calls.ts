import type { ProfileCalls } from '../../flow/open-flow.ts';
import { moments, release, renewal, statusChange } from '../../messages/license.ts';

const debugging = { testFlag: '1' } as const;

/** License codes as the store calls about them. A renewal makes a code known (R19). */
export const licenseCalls: ProfileCalls = {
  specimen: async ({ names }) => renewal(names, names.license(), moments.near.written),
  debugging: (names) => {
    const code = names.unknownLicense();
    return [
      renewal(names, code, moments.near.written, debugging),
      statusChange(code, 'FREEZE', debugging),
      statusChange(code, 'UNFREEZE', debugging),
      release(code, debugging),
    ];
  },
};
