import { type Language, text } from './text.ts';

/** What cases cite: a ruling of this project, or a page of the store where the page alone decides. */

const rulings = {
  R1: text('Signature', '签名'),
  R2: text('Timestamp', '时间戳'),
  R3: text('Nonce', '随机数'),
  R4: text('Two readings of the payload', '请求体的两种读法'),
  R5: text('Repeated members', '重复的成员'),
  R6: text('Key rings', '密钥环'),
  R7: text('Refused tokens', '令牌被拒'),
  R8: text('Every answer is an answer', '一切应答都是应答'),
  R9: text('Time to answer', '应答时限'),
  R10: text('Members of a request', '请求的成员'),
  R11: text('testFlag', 'testFlag'),
  R12: text('Debugging traffic', '调试流量'),
  R13: text('expireTime', 'expireTime'),
  R14: text('Status words', '状态取值'),
  R15: text('An order line is applied once', '订单行只生效一次'),
  R16: text('Which expiry wins', '以哪个到期时间为准'),
  R17: text('Frozen licenses and late status changes', '冻结与迟到的状态变更'),
  R18: text('Release is final', '释放即终结'),
  R19: text('Unknown ids', '未知的 ID'),
  R20: text('Acknowledged is on disk', '应答即已落盘'),
  R25: text('The retired V1', '已停用的 V1'),
} as const;

const accessGuide = 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_';

const page = (zh: string, address: string) => ({ zh, address });

const pages = {
  'signature page': page('签名页面', `${accessGuide}0070649248.html`),
  'SaaS signature page': page('SaaS 签名页面', `${accessGuide}0070649476.html`),
  'requirements page': page('接入要求页面', `${accessGuide}0070649247.html`),
  'result code page': page('结果码页面', `${accessGuide}0070649421.html`),
  'debugging page': page('调试页面', `${accessGuide}0070649478.html`),
  'debugging FAQ': page(
    '调试常见问题',
    'https://support.huaweicloud.com/usermanual-marketplace/access_topic_0000008.md',
  ),
  'renewal page': page('续费页面', `${accessGuide}0070649167.html`),
  'status page': page('状态变更页面', `${accessGuide}0070649168.html`),
  'release page': page('释放页面', `${accessGuide}0070649169.html`),
  'creation page': page('创建实例页面', `${accessGuide}0070649427.html`),
  'query page': page('查询实例页面', `${accessGuide}0070649428.html`),
  'refresh page': page('更新实例页面', `${accessGuide}0070649429.html`),
  'instance status page': page('实例状态页面', `${accessGuide}0070649430.html`),
  'instance release page': page('释放实例页面', `${accessGuide}0070649431.html`),
  'upgrade page': page('升级页面', `${accessGuide}0070649432.html`),
  'change check page': page('变更校验页面', `${accessGuide}0000002411753620.html`),
  'order notice page': page('订单通知页面', `${accessGuide}0000002091799149.html`),
  'online License page': page('在线 License 页面', `${accessGuide}0070649255.html`),
  'Kit pages': page('联营 Kit 页面', `${accessGuide}0070649433.html`),
  'V1 token page': page('V1 令牌页面', `${accessGuide}0070649156.html`),
  'V1 answer page': page(
    'V1 应答签名页面',
    'https://support.huaweicloud.com/usermanual-saascenter/saascenter_usermanual_0128.html',
  ),
  'V1 creation page': page('V1 新购页面', `${accessGuide}0070649013.html`),
  'V1 account page': page('V1 帐号加密页面', `${accessGuide}0272346898.html`),
  'V1 expiry page': page('V1 过期页面', `${accessGuide}0070649181.html`),
  'V1 status page': page('V1 状态变更页面', `${accessGuide}0070649407.html`),
  'V1 renewal page': page('V1 续费页面', `${accessGuide}0070649180.html`),
  'V1 release page': page('V1 释放页面', `${accessGuide}0070649056.html`),
  'V1 License page': page('V1 获取 License 页面', `${accessGuide}0000001353181669.html`),
  'V1 License renewal page': page('V1 License 续费页面', `${accessGuide}0000001353381237.html`),
  'V1 License release page': page('V1 License 释放页面', `${accessGuide}0000001353261785.html`),
  'V1 Kit token page': page('V1 Kit 令牌页面', `${accessGuide}0070649135.html`),
  'V1 Kit pages': page('V1 Kit 页面', `${accessGuide}0070649109.html`),
} as const;

export type RulingId = keyof typeof rulings;
export type PageId = keyof typeof pages;
export type ClauseId = RulingId | PageId;

export const rulingIds = Object.keys(rulings) as RulingId[]; // the keys of a literal are exactly its type's

export interface Clause {
  readonly id: ClauseId;
  readonly title: string;
  /** Where it is written; a ruling stands in docs/rulings.md of the project. */
  readonly address: string;
}

/** What an id stands for; the rulings are written in both languages. */
export function clause(id: ClauseId, language: Language = 'en'): Clause {
  if (isPage(id)) {
    const { zh, address } = pages[id];
    return { id, title: language === 'zh' ? zh : id, address };
  }
  const title = `${id} ${rulings[id][language]}`;
  const folder = language === 'zh' ? 'docs/zh-CN' : 'docs';
  return { id, title, address: `${folder}/rulings.md#${anchor(title)}` };
}

const isPage = (id: ClauseId): id is PageId => Object.hasOwn(pages, id);

const anchor = (title: string): string => title.toLowerCase().replaceAll(' ', '-');
