import type { OptionTable } from '../action.ts';
import { corruptions } from './corrupt.ts';

/** What `trigger` and `sign` have in common. */
export const callingOptions = {
  set: {
    type: 'string',
    multiple: true,
    value: 'member=text',
    help: 'a member of the body, by its path (userList.0.name=Li); member:=json for what is no text',
  },
  body: { type: 'string', value: 'file', help: 'the body itself, byte for byte; - for standard input' },
  to: { type: 'string', value: 'address', help: 'the production address; else PRODUCTION_ADDRESS' },
  'test-flag': { type: 'boolean', help: 'marks a call of the debugging page' },
  key: {
    type: 'string',
    value: 'id|file',
    help: 'another key of KOOBRIDGE_KEYS, or a file with a key in its first line',
  },
  stale: { type: 'string', value: '6m', help: 'a token that is that old (90s, 6m, 2h)' },
  ahead: { type: 'string', value: '6m', help: 'a token of the future' },
  corrupt: { type: 'string', value: corruptions.join('|'), help: 'changes that after signing' },
} as const satisfies OptionTable;
