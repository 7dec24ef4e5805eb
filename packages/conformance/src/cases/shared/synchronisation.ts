import type { Draft } from '../../case.ts';
import type { ClauseId } from '../../clauses.ts';
import type { Call, Message } from '../../flow/call.ts';
import type { Names } from '../../flow/names.ts';
import { text } from '../../text.ts';

export type Composition = (names: Names, more?: Message) => Call;

/** The synchronisations of one generation of the Kit, by the slugs of their cases. */
export interface Synchronisations {
  readonly clause: ClauseId;
  readonly compositions: Readonly<Record<string, Composition>>;
  readonly department: Composition;
}

/** Adding twice and deleting what is not there are success: the pages say so (R19). */
export const synchronisationOf = ({ clause, compositions, department }: Synchronisations): readonly Draft[] => [
  ...Object.entries(compositions).map(
    ([slug, compose]): Draft => ({
      slug: `${slug}-repeated`,
      level: 'MUST',
      clause,
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
        clause,
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
