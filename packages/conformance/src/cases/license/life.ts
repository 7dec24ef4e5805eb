import type { Draft } from '../../case.ts';
import { moments, release, renewal, statusChange } from '../../messages/license.ts';
import { text } from '../../text.ts';
import { idempotencyOf } from '../shared/idempotency.ts';
import { orderOf } from '../shared/life-order.ts';
import type { LifeSubject } from '../shared/life-subject.ts';
import { restartOf } from '../shared/restart.ts';

const licenseLife: LifeSubject = {
  kind: 'licenses',
  pages: { renewal: 'renewal page', status: 'status page', release: 'release page' },
  fresh: async ({ names }) => names.license(),
  renewal: (names, license, expireTime, more) => renewal(names, license, expireTime, more),
  status: (license, status) => statusChange(license, status),
  release: (license) => release(license),
};

export const idempotency: readonly Draft[] = idempotencyOf(licenseLife);

export const restart: readonly Draft[] = restartOf(licenseLife);

/** The life of a License code, and what becomes of one that was never seen (R16–R19). */
export const order: readonly Draft[] = [
  ...orderOf(licenseLife),
  {
    slug: 'unknown-code',
    level: 'MAY',
    clause: 'R19',
    requirement: text('A code that was never seen is adopted when it is renewed.', '首次出现的授权码在续费时被接纳。'),
    why: text('The store makes the codes and announces none of them.', '授权码由云商店生成，且不会预先通知。'),
    run: async ({ send, names }) => send(renewal(names, names.unknownLicense(), moments.near.written)).accepted(),
  },
  {
    slug: 'unknown-code-answered',
    level: 'MUST',
    clause: 'R8',
    requirement: text(
      'A status change of a code never seen gets a result, not an error.',
      '对未知授权码的状态变更得到结果码而非错误。',
    ),
    why: text(
      'A missing row that is dereferenced is an HTTP 500, and a failed order.',
      '对缺失记录取值会导致 HTTP 500 与订单失败。',
    ),
    mistake: text(
      'The code is looked up and used without asking whether it was found.',
      '查询授权码后未判断是否找到就直接使用。',
    ),
    run: async ({ send, names }) => {
      await send(statusChange(names.unknownLicense(), 'FREEZE')).wellFormed();
      await send(release(names.unknownLicense())).wellFormed();
    },
  },
];
