/** What cases cite: a ruling of this project, or a page of the store where the page alone decides. */

const rulings = {
  R1: 'Signature',
  R2: 'Timestamp',
  R3: 'Nonce',
  R4: 'Two readings of the payload',
  R5: 'Repeated members',
  R6: 'Key rings',
  R7: 'Refused tokens',
  R8: 'Every answer is an answer',
  R9: 'Time to answer',
  R10: 'Members of a request',
  R11: 'testFlag',
  R12: 'Debugging traffic',
  R13: 'expireTime',
  R14: 'Status words',
  R15: 'An order line is applied once',
  R16: 'Which expiry wins',
  R17: 'Frozen licenses and late status changes',
  R18: 'Release is final',
  R19: 'Unknown ids',
  R20: 'Acknowledged is on disk',
  R25: 'The retired V1',
} as const;

const accessGuide = 'https://support.huaweicloud.com/accessg-marketplace/zh-cn_topic_';

const pages = {
  'signature page': `${accessGuide}0070649248.html`,
  'SaaS signature page': `${accessGuide}0070649476.html`,
  'requirements page': `${accessGuide}0070649247.html`,
  'result code page': `${accessGuide}0070649421.html`,
  'debugging page': `${accessGuide}0070649478.html`,
  'debugging FAQ': 'https://support.huaweicloud.com/usermanual-marketplace/access_topic_0000008.md',
  'renewal page': `${accessGuide}0070649167.html`,
  'status page': `${accessGuide}0070649168.html`,
  'release page': `${accessGuide}0070649169.html`,
  'creation page': `${accessGuide}0070649427.html`,
  'query page': `${accessGuide}0070649428.html`,
  'refresh page': `${accessGuide}0070649429.html`,
  'instance status page': `${accessGuide}0070649430.html`,
  'instance release page': `${accessGuide}0070649431.html`,
  'upgrade page': `${accessGuide}0070649432.html`,
  'change check page': `${accessGuide}0000002411753620.html`,
  'order notice page': `${accessGuide}0000002091799149.html`,
  'online License page': `${accessGuide}0070649255.html`,
  'Kit pages': `${accessGuide}0070649433.html`,
  'V1 token page': `${accessGuide}0070649156.html`,
  'V1 answer page': 'https://support.huaweicloud.com/usermanual-saascenter/saascenter_usermanual_0128.html',
  'V1 creation page': `${accessGuide}0070649013.html`,
  'V1 account page': `${accessGuide}0272346898.html`,
  'V1 expiry page': `${accessGuide}0070649181.html`,
  'V1 status page': `${accessGuide}0070649407.html`,
  'V1 renewal page': `${accessGuide}0070649180.html`,
  'V1 release page': `${accessGuide}0070649056.html`,
  'V1 License page': `${accessGuide}0000001353181669.html`,
  'V1 License renewal page': `${accessGuide}0000001353381237.html`,
  'V1 License release page': `${accessGuide}0000001353261785.html`,
  'V1 Kit token page': `${accessGuide}0070649135.html`,
  'V1 Kit pages': `${accessGuide}0070649109.html`,
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

/** What an id stands for. */
export function clause(id: ClauseId): Clause {
  if (isPage(id)) return { id, title: id, address: pages[id] };
  return { id, title: `${id} ${rulings[id]}`, address: `docs/rulings.md#${anchor(`${id} ${rulings[id]}`)}` };
}

const isPage = (id: ClauseId): id is PageId => Object.hasOwn(pages, id);

const anchor = (title: string): string => title.toLowerCase().replaceAll(' ', '-');
