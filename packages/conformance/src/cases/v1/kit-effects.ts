import type { Draft } from '../../case.ts';
import { v1Department, v1Tenant } from '../../messages/v1-kit.ts';
import { text } from '../../text.ts';
import { errorPage } from '../shared/answer.ts';
import { synchronisationOf } from '../shared/synchronisation.ts';
import { v1KitCompositions } from './calls.ts';

const { application: _, ...compositions } = v1KitCompositions;
export const kitSynchronisation = synchronisationOf({
  clause: 'V1 Kit pages',
  compositions,
  department: v1Department,
});

/** Which path means which interface (R8). */
export const kitPath: readonly Draft[] = [
  {
    slug: 'unknown',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text('An interface that no page lists is refused in JSON.', '文档未列出的接口以 JSON 拒绝。'),
    why: text('An HTTP 404 in its place reads as an outage.', '以 HTTP 404 代替会被视为故障。'),
    mistake: errorPage,
    run: async ({ send, names }) =>
      send({ ...v1Tenant(names), subPath: '/produceAPI/somethingSync' }).answeredWith('000001', '000002'),
  },
];
