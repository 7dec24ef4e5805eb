import type { Draft } from '../../case.ts';
import { v1Department, v1Tenant } from '../../messages/v1-kit.ts';
import { text } from '../../text.ts';
import { errorPage } from '../shared/answer.ts';
import { v1KitCompositions } from './calls.ts';

const synchronisations = Object.entries(v1KitCompositions).filter(([slug]) => slug !== 'application');

/** Adding twice and deleting what is not there are success: the pages say so (R19). */
export const kitSynchronisation: readonly Draft[] = [
  ...synchronisations.map(
    ([slug, compose]): Draft => ({
      slug: `${slug}-repeated`,
      level: 'MUST',
      clause: 'V1 Kit pages',
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
  ...synchronisations
    .filter(([slug]) => slug !== 'organisation')
    .map(
      ([slug, compose]): Draft => ({
        slug: `${slug}-delete-unknown`,
        level: 'MUST',
        clause: 'V1 Kit pages',
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
    run: async ({ send, names }) => send(v1Department(names, { flag: 2 })).accepted(),
  },
];

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
