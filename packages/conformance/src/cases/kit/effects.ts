import type { Draft } from '../../case.ts';
import type { Call, Message } from '../../flow/call.ts';
import type { Names } from '../../flow/names.ts';
import { authorization, department, organisation, tenant } from '../../messages/kit.ts';
import { text } from '../../text.ts';
import { errorPage } from '../shared/answer.ts';

const compositions: Readonly<Record<string, (names: Names, more?: Message) => Call>> = {
  tenant,
  auth: authorization,
  department,
  organisation,
};

/** Adding twice and deleting what is not there are success: the pages say so (R19). */
export const synchronisation: readonly Draft[] = [
  ...Object.entries(compositions).map(
    ([slug, compose]): Draft => ({
      slug: `${slug}-repeated`,
      level: 'MUST',
      clause: 'Kit pages',
      requirement: text(`A repeated ${slug} synchronisation succeeds.`, `重复的同步（${slug}）成功。`),
      why: text(
        'The store and its administrators repeat what failed on the way.',
        '云商店及管理员会重复途中失败的调用。',
      ),
      run: async ({ send, names }) => {
        const call = compose(names);
        await send(call).accepted();
        await send(call).accepted();
      },
    }),
  ),
  ...Object.entries(compositions)
    .filter(([slug]) => slug !== 'organisation')
    .map(
      ([slug, compose]): Draft => ({
        slug: `${slug}-delete-unknown`,
        level: 'MUST',
        clause: 'Kit pages',
        requirement: text(
          `Deleting a ${slug} that is not there succeeds, without asking for the instance.`,
          `删除不存在的对象（${slug}）应成功，且不校验实例。`,
        ),
        why: text(
          'An enterprise that is dissolved is deleted after its instance.',
          '企业解散时，其删除可能晚于实例的释放。',
        ),
        mistake: text('The instance is looked up before the deletion is answered.', '删除前校验了实例是否存在。'),
        run: async ({ send, names }) => send(compose(names, { flag: 0 })).accepted(),
      }),
    ),
  {
    slug: 'modify-unknown',
    level: 'SHOULD',
    clause: 'R19',
    requirement: text('Modifying a department that was never added succeeds.', '修改从未新增的部门应成功。'),
    why: text('The addition may be on its way still.', '新增调用可能仍在途中。'),
    run: async ({ send, names }) => send(department(names, { flag: 2 })).accepted(),
  },
];

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
