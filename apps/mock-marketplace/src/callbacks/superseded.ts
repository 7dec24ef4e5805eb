import type { CallName } from './calls.ts';

const superseded: Readonly<Partial<Record<CallName, readonly CallName[]>>> = {
  updateLicenseCodeStatus: ['updateLicenseCodeStatus'],
  updateInstanceStatus: ['updateInstanceStatus'],
  releaseLicenseCode: ['refreshLicenseCode', 'updateLicenseCodeStatus', 'releaseLicenseCode'],
  releaseInstance: [
    'refreshInstance',
    'updateInstanceStatus',
    'upgradeInstance',
    'queryInstance',
    'getLicenseAsync',
    'releaseInstance',
  ],
};

/** The calls about the same subject whose retries end when this activity is called, because they no longer say what is true. */
export const supersededBy = (activity: CallName): readonly CallName[] => superseded[activity] ?? [];
