import { activities } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { query } from '../../messages/saas.ts';
import { literal, text } from '../../text.ts';
import { infoIn, instance } from './instance.ts';

const shown = text(
  'The buyer sees what is answered here, and nothing where it cannot be read.',
  '买家看到的正是此处的应答；无法读取时则什么也看不到。',
);

function holds(info: ReturnType<typeof infoIn>, ids: readonly string[]): void {
  const lacking = ids.filter((id) => !info.has(id));
  if (lacking.length === 0) return;
  throw new Deviation(
    text(`info about ${ids.join(', ')}`, `info 中含 ${ids.join('、')}`),
    text(`none about ${lacking.join(', ')}`, `缺少 ${lacking.join('、')}`),
  );
}

/** How an instance is reached and used. `000004` is fair while it is being made. */
export const querying: readonly Draft[] = [
  {
    slug: 'info',
    level: 'MUST',
    clause: 'query page',
    requirement: text('A query answers info that names the instance.', '查询应答的 info 指明该实例。'),
    why: shown,
    run: async (flow) => {
      const id = await instance(flow);
      const answer = await flow.send(query(id)).answeredWith('000000', '000004');
      if (answer.json?.['resultCode'] === '000000') holds(infoIn(answer), [id]);
    },
  },
  {
    slug: 'several',
    level: 'MUST',
    clause: 'query page',
    requirement: text('A query of several ids answers info about each.', '查询多个 id 时 info 含每一个。'),
    why: shown,
    run: async (flow) => {
      const ids = [await instance(flow), await instance(flow), await instance(flow)];
      const answer = await flow.send(query(ids.join(','))).answeredWith('000000', '000004');
      if (answer.json?.['resultCode'] === '000000') holds(infoIn(answer), ids);
    },
  },
  {
    slug: 'members',
    level: 'MUST',
    clause: 'query page',
    requirement: text(
      'What is answered has the documented members, types and lengths.',
      '应答成员的名称、类型与长度符合文档。',
    ),
    why: text('The store checks them, and fails the call.', '云商店会校验，不符则判定失败。'),
    run: async (flow) => {
      const { json } = await flow.send(query(await instance(flow))).answeredWith('000000', '000004');
      const reading = activities.queryInstance.answer.safeParse(json);
      if (reading.success) return;
      const [issue] = reading.error.issues;
      throw new Deviation(
        text('an answer as tabulated', '符合表格的应答'),
        literal(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`),
      );
    },
  },
  {
    slug: 'hundred',
    level: 'SHOULD',
    clause: 'R10',
    requirement: text('A list of 100 ids is taken.', '一次 100 个 id 的列表被接受。'),
    why: text(
      'It is the documented most, although the member’s own length would not hold it.',
      '这是文档规定的上限，尽管成员长度标注容纳不下。',
    ),
    run: async (flow) => {
      const id = await instance(flow);
      return flow.send(query(Array(100).fill(id).join(','))).answeredWith('000000', '000004');
    },
  },
];
