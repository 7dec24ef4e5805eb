import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { times } from '../../flow/flow.ts';
import { purchase } from '../../messages/saas.ts';
import { literal, text } from '../../text.ts';
import { instanceIdIn } from './instance.ts';

const twice = text(
  'The buyer pays once and gets two instances; the second is never released.',
  '买家一次付款却得到两个实例，后者永远不会被释放。',
);

function same(ids: readonly string[]): void {
  const different = new Set(ids);
  if (different.size === 1) return;
  throw new Deviation(text('one instanceId', '同一个 instanceId'), literal([...different].slice(0, 3).join(', ')));
}

/** One order line, one instance (R15). */
export const creation: readonly Draft[] = [
  {
    slug: 'id',
    level: 'MUST',
    clause: 'creation page',
    requirement: text(
      'A creation answers an instanceId of 1 to 64 characters.',
      '创建实例应答 1 至 64 个字符的 instanceId。',
    ),
    why: text('Every later call names the instance by it.', '之后的每次调用都以其指明实例。'),
    run: async ({ send, names }) => instanceIdIn(await send(purchase(names)).accepted()),
  },
  {
    slug: 'repeated',
    level: 'MUST',
    clause: 'creation page',
    requirement: text(
      'A repeated order line gets the same instanceId, although its businessId differs.',
      '重复的订单行得到相同的 instanceId，尽管 businessId 不同。',
    ),
    why: twice,
    mistake: text(
      'The businessId is the key, or the id of the instance is made anew each time.',
      '以 businessId 为键，或每次都生成新的实例 id。',
    ),
    run: async ({ send, names }) => {
      const order = names.order();
      const first = instanceIdIn(await send(purchase(names, order)).accepted());
      const second = instanceIdIn(await send(purchase(names, order)).accepted());
      same([first, second]);
    },
  },
  {
    slug: '50-at-once',
    level: 'MUST',
    clause: 'creation page',
    requirement: text('50 repeats at once get one instanceId.', '同时到达的 50 次重复得到同一个 instanceId。'),
    why: twice,
    mistake: text(
      'The order line is looked up and then inserted, in two steps: insert under a unique key, in the transaction that makes the instance.',
      '订单行先查询后插入，分为两步：应在创建实例的同一事务中按唯一键插入。',
    ),
    alone: true,
    run: async ({ send, names }) => {
      const order = names.order();
      same(await times(50, async () => instanceIdIn(await send(purchase(names, order)).accepted())));
    },
  },
  {
    slug: 'other-line',
    level: 'MUST',
    clause: 'creation page',
    requirement: text(
      'Another line of the same order gets an instance of its own.',
      '同一订单的另一订单行得到独立的实例。',
    ),
    why: text('The buyer has paid for two.', '买家为两个实例付了款。'),
    run: async ({ send, names }) => {
      const { orderId } = names.order();
      const line = (orderLineId: string) => send(purchase(names, { orderId, orderLineId })).accepted();
      const first = instanceIdIn(await line(`${orderId}-000001`));
      const second = instanceIdIn(await line(`${orderId}-000002`));
      if (first === second) throw new Deviation(text('two instanceIds', '两个 instanceId'), literal(first));
    },
  },
];
