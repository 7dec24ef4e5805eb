import type { Draft } from '../../case.ts';
import { moments } from '../../messages/license.ts';
import { text } from '../../text.ts';
import type { LifeSubject } from './life-subject.ts';

export const inMemory = text(
  'It is kept in the memory of the process: write it to a database before the answer leaves.',
  '数据仅保存在进程内存中：应在应答发出之前写入数据库。',
);

/** What a restart must not wipe out, at every address (R3). */
export const restart: readonly Draft[] = [
  {
    slug: 'replay',
    level: 'SHOULD',
    clause: 'R3',
    requirement: text(
      'A nonce that was used before a restart stays used.',
      '重启之前用过的随机数在重启后仍视为已使用。',
    ),
    why: text(
      'A deployment would open the window for every call of the last minute.',
      '每次部署都会使最近一分钟的调用可被重放。',
    ),
    mistake: inMemory,
    alone: true,
    run: async (flow) => {
      const call = await flow.specimen();
      const same = { nonce: flow.names.id('nonce') + Date.now(), timestamp: String(Date.now() + 20_000) };
      await flow.send(call, same).accepted();
      await flow.restart();
      await flow.send(call, same).refused();
    },
  },
];

/** The same of a life: what was answered with success is there afterwards (R20). */
export const restartOf = (life: LifeSubject): readonly Draft[] => [
  ...restart,
  {
    slug: 'state',
    level: 'SHOULD',
    clause: 'R20',
    requirement: text(
      'What was acknowledged before a restart is there after it.',
      '重启之前已应答成功的内容在重启后依然存在。',
    ),
    why: text('The store does not repeat what succeeded.', '云商店不会重发已成功的调用。'),
    mistake: inMemory,
    alone: true,
    run: async (flow) => {
      const id = await life.fresh(flow);
      const order = flow.names.order();
      await flow.send(life.renewal(flow.names, id, moments.near.written, order)).given();
      await flow.send(life.release(id)).given();
      await flow.restart();
      await flow.send(life.renewal(flow.names, id, moments.near.written, order)).answeredWith('000000');
      await flow.send(life.renewal(flow.names, id, moments.later.written)).answeredWith('000003');
      await flow.send(life.release(id)).answeredWith('000000');
    },
  },
];
