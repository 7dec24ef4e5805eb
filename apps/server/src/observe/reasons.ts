import { authTokenRefusals, tokenRefusals } from '@koobridge/contracts';

/** Why a callback was not carried out. Only these become labels: a stranger must not be able to make new ones. */
export const refusalReasons = new Set<string>([
  ...tokenRefusals,
  ...authTokenRefusals,
  'body-too-large',
  'body-too-slow',
  'body-compressed',
  'body-unreadable',
  'schema',
  'wrong-method',
  'unknown-path',
  'unparsable',
  'failed',
  // Decided by a room.
  'conflict',
  'unknown-subject',
  'rejected',
]);
