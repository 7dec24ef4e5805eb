import { describe, expect, test } from 'vitest';
import { UpdateLicenseCodeStatus } from '../../src/index.ts';
import { describeActivity, describeText, describeWords, refresh, release, update } from './requests.ts';

describeActivity(UpdateLicenseCodeStatus, update, [refresh, release]);
describeText(UpdateLicenseCodeStatus, update, 'license', 64, true);
describeWords(UpdateLicenseCodeStatus, update, 'status', ['FREEZE', 'UNFREEZE', 'FROZEN', 'UNFROZEN']);

describe('status is read as the documented word (R14)', () => {
  test.each([
    ['FREEZE', 'FREEZE'],
    ['FROZEN', 'FREEZE'],
    ['UNFREEZE', 'UNFREEZE'],
    ['UNFROZEN', 'UNFREEZE'],
  ])('%s: %s', (received, read) => {
    expect(UpdateLicenseCodeStatus.parse({ ...update, status: received }).status).toBe(read);
  });
});
