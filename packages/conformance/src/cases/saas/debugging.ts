import { mockOrderIds } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { moments } from '../../messages/license.ts';
import { instanceStatus, purchase, query, refresh, releaseInstance } from '../../messages/saas.ts';
import { literal, text } from '../../text.ts';
import { infoIn, instance, instanceIdIn } from './instance.ts';

const debugging = { testFlag: '1' } as const;

/** What debugging calls about instances answer, and leave behind: nothing (R12). */
export const debuggingEffects: readonly Draft[] = [
  {
    slug: 'create-id',
    level: 'MUST',
    clause: 'debugging FAQ',
    requirement: text('A debugging creation answers an instanceId.', '调试的创建应答 instanceId。'),
    why: text('The debugging page checks for it.', '调试页面会检查它。'),
    run: async ({ send, names }) => instanceIdIn(await send(purchase(names, debugging)).answeredWith('000000')),
  },
  {
    slug: 'create-same-id',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text(
      'A saved creation answers the same instanceId each time.',
      '已保存的创建用例每次应答相同的 instanceId。',
    ),
    why: text(
      'The page asks for idempotence, and the saved query names that id.',
      '页面要求幂等，且已保存的查询引用该 id。',
    ),
    run: async ({ send, names }) => {
      const order = names.order();
      const [one, two] = [
        instanceIdIn(await send(purchase(names, { ...order, ...debugging })).answeredWith('000000')),
        instanceIdIn(await send(purchase(names, { ...order, ...debugging })).answeredWith('000000')),
      ];
      if (one !== two) throw new Deviation(literal(one), literal(two));
    },
  },
  {
    slug: 'query-info',
    level: 'MUST',
    clause: 'debugging FAQ',
    requirement: text('A debugging query answers info about the id it names.', '调试的查询应答所指 id 的 info。'),
    why: text('The debugging page checks for instanceId in it.', '调试页面会检查其中的 instanceId。'),
    run: async ({ send, names }) => {
      const id = names.id('instance');
      const info = infoIn(await send(query(id, debugging)).answeredWith('000000'));
      if (!info.has(id)) throw new Deviation(text(`info about ${id}`, `含 ${id} 的 info`), text('none', '没有'));
    },
  },
  {
    slug: 'mock-orders',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text(
      'The nine MOCK orders of the store are answered with success, again and again.',
      '云商店的九个 MOCK 订单反复应答成功。',
    ),
    why: text('They are what the debugging page offers to fill in.', '它们是调试页面提供的示例订单。'),
    run: async ({ send, names }) => {
      for (const orderId of mockOrderIds) {
        const order = { orderId, orderLineId: `${orderId}-000001` };
        await send(purchase(names, order)).answeredWith('000000');
        await send(refresh(names, names.id('instance'), moments.near.written, order)).answeredWith('000000');
      }
    },
  },
  {
    slug: 'no-freeze',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text(
      'A debugging FREEZE or release leaves a real instance as it is.',
      '调试的 FREEZE 或释放不影响真实的实例。',
    ),
    why: text('The twice-daily probe would freeze a customer.', '每天两次的拨测会冻结客户。'),
    run: async (flow) => {
      const id = await instance(flow);
      await flow.send(refresh(flow.names, id, moments.near.written)).given();
      await flow.send(instanceStatus(id, 'FREEZE', debugging)).answeredWith('000000');
      await flow.send(releaseInstance(id, debugging)).answeredWith('000000');
      await flow.state('instances', id).is({ status: 'ACTIVE', expiresAt: moments.near.ms });
    },
  },
  {
    slug: 'no-trace',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text('A debugging creation makes no instance.', '调试的创建不产生实例。'),
    why: text('Every probe would provision one more.', '每次拨测都会多开通一个。'),
    run: async ({ send, names }) => {
      const id = instanceIdIn(await send(purchase(names, debugging)).answeredWith('000000'));
      await send(query(id)).answeredWith('000003');
    },
  },
  {
    slug: 'real-after-debugging',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text('An order line that was debugged can still be created for real.', '调试过的订单行仍可真实创建。'),
    why: text(
      'A debugging call that is remembered turns the real one into a repeat.',
      '若记住调试调用，真实调用会被当作重复。',
    ),
    run: async ({ send, names }) => {
      const order = names.order();
      await send(purchase(names, { ...order, ...debugging })).answeredWith('000000');
      const id = instanceIdIn(await send(purchase(names, order)).accepted());
      await send(instanceStatus(id, 'FREEZE')).accepted();
    },
  },
  {
    slug: 'schema-checked',
    level: 'SHOULD',
    clause: 'R12',
    requirement: text('A debugging call that lacks a member is answered 000002.', '缺少成员的调试调用应答 000002。'),
    why: text('Debugging is where a mistake should show.', '调试正是应当暴露问题的时候。'),
    run: async ({ send, names }) =>
      send(refresh(names, names.id('instance'), 'soon', debugging)).answeredWith('000002'),
  },
];
