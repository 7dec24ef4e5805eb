import type { Draft } from '../../case.ts';
import { authorization, department, organisation, tenant } from '../../messages/kit.ts';
import { text } from '../../text.ts';
import { errorPage } from '../shared/answer.ts';
import { synchronisationOf } from '../shared/synchronisation.ts';

const compositions = { tenant, auth: authorization, department, organisation };

export const synchronisation = synchronisationOf({ clause: 'Kit pages', compositions, department });

/** Which path means which interface (R8). */
export const path: readonly Draft[] = [
  {
    slug: 'unknown',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text('An interface that no page lists is refused in JSON.', '文档未列出的接口以 JSON 拒绝。'),
    why: text('An HTTP 404 in its place reads as an outage.', '以 HTTP 404 代替会被视为故障。'),
    mistake: errorPage,
    run: async ({ send, names }) => {
      const call = tenant(names);
      return send({ ...call, subPath: '/produceAPI/v2/somethingSync' }).answeredWith('000001', '000002');
    },
  },
  {
    slug: 'not-the-address',
    level: 'SHOULD',
    clause: 'R8',
    requirement: text('A Kit call at the production address itself is refused.', '发往生产地址本身的 Kit 调用被拒绝。'),
    why: text('Its signature and its key are others.', '其签名方式与密钥均不同。'),
    run: async ({ send, names }) => send({ ...tenant(names), subPath: '' }).answeredWith('000001', '000002'),
  },
];
