import { accountKeyBits, decryptAccount } from '@koobridge/contracts';
import type { Draft } from '../../case.ts';
import { Deviation } from '../../flow/endings.ts';
import { type Flow, times } from '../../flow/flow.ts';
import type { ReceivedAnswer } from '../../http/answer.ts';
import { v1LicensePurchase, v1Purchase } from '../../messages/v1.ts';
import { literal, text } from '../../text.ts';
import { instanceIdIn } from '../saas/instance.ts';
import { boughtLicense } from './bought.ts';

function same(ids: readonly string[]): void {
  const different = [...new Set(ids)];
  if (different.length === 1) return;
  throw new Deviation(text('one instanceId', '同一个 instanceId'), literal(different.slice(0, 3).join(', ')));
}

const paidOnce = text('The buyer pays once and gets two instances.', '买家一次付款却得到两个实例。');
const lookedUp = text('The order is looked up and then inserted, in two steps.', '订单先查询后插入，分为两步。');

/** One order, one instance: an order of V1 has no line (R25). */
export const creation: readonly Draft[] = [
  {
    slug: 'id',
    level: 'MUST',
    clause: 'V1 creation page',
    requirement: text(
      'A purchase answers an instanceId of 1 to 64 characters.',
      '新购应答 1 至 64 个字符的 instanceId。',
    ),
    why: text('Every later call names the instance by it.', '之后的每次调用都以其指明实例。'),
    run: async ({ send, names }) => instanceIdIn(await send(v1Purchase(names)).accepted()),
  },
  {
    slug: 'repeated',
    level: 'MUST',
    clause: 'V1 creation page',
    requirement: text(
      'A repeated order gets the same instanceId, although its businessId differs.',
      '重复的订单得到相同的 instanceId，尽管 businessId 不同。',
    ),
    why: paidOnce,
    run: async ({ send, names }) => {
      const { orderId } = names.order();
      const first = instanceIdIn(await send(v1Purchase(names, { orderId })).accepted());
      same([first, instanceIdIn(await send(v1Purchase(names, { orderId })).accepted())]);
    },
  },
  {
    slug: '50-at-once',
    level: 'MUST',
    clause: 'V1 creation page',
    requirement: text('50 repeats at once get one instanceId.', '同时到达的 50 次重复得到同一个 instanceId。'),
    why: paidOnce,
    mistake: lookedUp,
    alone: true,
    run: async ({ send, names }) => {
      const { orderId } = names.order();
      same(await times(50, async () => instanceIdIn(await send(v1Purchase(names, { orderId })).accepted())));
    },
  },
  {
    slug: 'on-demand-products',
    level: 'MUST',
    clause: 'V1 creation page',
    requirement: text(
      'Two products of one on-demand order get an instance each.',
      '同一按需订单的两个产品各得到一个实例。',
    ),
    why: text('One order on demand is several calls, one for each billing item.', '一个按需订单会按计费项多次调用。'),
    mistake: text('The order alone is the key of a purchase.', '仅以订单作为新购的键。'),
    run: async ({ send, names }) => {
      const { orderId } = names.order();
      const more = { orderId, chargingMode: '0' };
      const first = instanceIdIn(await send(v1Purchase(names, { ...more, productId: '00301-1-0--0' })).accepted());
      const second = instanceIdIn(await send(v1Purchase(names, { ...more, productId: '00301-2-0--0' })).accepted());
      if (first !== second) return;
      throw new Deviation(text('two instanceIds', '两个 instanceId'), literal(first));
    },
  },
  {
    slug: 'accounts',
    level: 'MUST',
    clause: 'V1 account page',
    requirement: text(
      'An account that is answered is encrypted with the AES key that the Key gives.',
      '应答中的帐号以 Key 派生的 AES 密钥加密。',
    ),
    why: text(
      'The store shows the buyer what it decrypts: another key, or clear text, becomes garbage.',
      '云商店向买家展示解密后的内容；密钥有误或明文都会变成乱码。',
    ),
    mistake: text(
      'The AES key is taken from the Key itself, or from a SHA1PRNG whose carry is not signed.',
      'AES 密钥直接取自 Key，或 SHA1PRNG 的进位未按有符号数处理。',
    ),
    run: async (flow) => opened(await flow.send(v1Purchase(flow.names)).accepted(), flow),
  },
];

function opened({ json }: ReceivedAnswer, { keys }: Flow): void {
  const { appInfo, encryptType } = json ?? {};
  const bits = accountKeyBits[encryptType === '2' ? '2' : '1'];
  for (const [member, value] of Object.entries(Object(appInfo))) {
    if ((member !== 'userName' && member !== 'password') || typeof value !== 'string' || value === '') continue;
    const decryption = decryptAccount(value, keys.own.secret, bits);
    if (decryption.ok) continue;
    throw new Deviation(
      text(`appInfo.${member} as AES-${bits} of the Key`, `appInfo.${member} 为以 Key 派生的 AES-${bits} 密文`),
      literal(decryption.refusal),
    );
  }
}

/** One order, one License. */
export const licensing: readonly Draft[] = [
  {
    slug: 'license',
    level: 'MUST',
    clause: 'V1 License page',
    requirement: text(
      'getLicense is answered with an instanceId and the License.',
      'getLicense 应答 instanceId 与 License。',
    ),
    why: text('Without them the order stays where it is, undelivered.', '缺少它们，订单将停留在未交付状态。'),
    run: async (flow) => {
      const { instanceId, license } = await boughtLicense(flow);
      const isText = (value: string) => value !== '' && value !== 'undefined' && value !== 'null';
      if (isText(license) && isText(instanceId) && instanceId.length <= 64) return;
      throw new Deviation(
        text('an instanceId of 1 to 64 characters and a License', '1 至 64 个字符的 instanceId 与 License'),
        literal(`instanceId ${instanceId}, license ${license}`),
      );
    },
  },
  {
    slug: 'repeated',
    level: 'MUST',
    clause: 'V1 License page',
    requirement: text(
      'A repeated order gets the License and the instanceId of the first time.',
      '重复的订单得到首次的 License 与 instanceId。',
    ),
    why: text('The buyer pays once and holds two Licenses.', '买家一次付款却持有两个 License。'),
    run: async (flow) => {
      const first = await boughtLicense(flow);
      const again = await boughtLicense(flow, first.orderId);
      same([first.instanceId, again.instanceId]);
      if (first.license === again.license) return;
      throw new Deviation(text('the same License', '相同的 License'), text('another one', '另一个'));
    },
  },
  {
    slug: '50-at-once',
    level: 'MUST',
    clause: 'V1 License page',
    requirement: text('50 repeats at once make one License.', '同时到达的 50 次重复只产生一个 License。'),
    why: text('The buyer pays once and holds two Licenses.', '买家一次付款却持有两个 License。'),
    mistake: lookedUp,
    alone: true,
    run: async (flow) => {
      const { send, names } = flow;
      const { orderId } = names.order();
      const answers = await times(50, () => send(v1LicensePurchase(names, { orderId })).accepted());
      const told = answers.filter(({ json }) => json?.['resultCode'] === '000000');
      const { instanceId } = await boughtLicense(flow, orderId);
      same([instanceId, ...told.map(instanceIdIn)]);
    },
  },
];
