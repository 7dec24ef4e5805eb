import * as z from 'zod';

/** Why a validity changes. The License page lists the first two; both refresh activities know all four (R10). */
export const RefreshScene = z.enum(['RENEWAL', 'UNSUBSCRIBE_RENEWAL_PERIOD', 'TRIAL_TO_FORMAL', 'RENEWAL_CHANGE']);
export type RefreshScene = z.output<typeof RefreshScene>;
