import type { Draft } from '../../case.ts';
import type { Call, Message } from '../../flow/call.ts';
import type { Names } from '../../flow/names.ts';
import type { ProfileCalls } from '../../flow/open-flow.ts';
import { call } from '../../messages/license.ts';
import { releaseInstance } from '../../messages/saas.ts';
import { text } from '../../text.ts';
import { instance } from '../saas/instance.ts';
import { conflict, type MemberTable, memberCases, namesMember } from '../shared/members.ts';

const application = (names: Names, instanceId: string, more: Message = {}): Call =>
  call({
    activity: 'getLicenseAsync',
    deviceFingerprint: 'device-1',
    effectiveTime: '2031-01-15 12:00:00 z',
    eventId: names.id('event'),
    expireTime: '2032-01-15 12:00:00 z',
    instanceId,
    testFlag: '0',
    ...more,
  });

/** A buyer's application for a License, which the seller uploads later; instances come as with SaaS. */
export const onlineLicenseCalls: ProfileCalls = {
  specimen: async (flow) => application(flow.names, await instance(flow)),
  debugging: (names) => [application(names, names.id('instance'), { testFlag: '1' })],
};

export const onlineLicenseTables: readonly MemberTable[] = [
  {
    slug: 'application',
    activity: 'getLicenseAsync',
    call: async (flow) => application(flow.names, await instance(flow)),
    members: {
      instanceId: { longest: 64 },
      effectiveTime: { longest: 32 },
      expireTime: { optional: true, longest: 32 },
      eventId: { longest: 64 },
      deviceFingerprint: { optional: true, longest: 1024 },
    },
  },
];

export const schema: readonly Draft[] = memberCases(onlineLicenseTables);

/** The same event gets the same License (R15), and only an instance that is there gets one (R18, R19). */
export const applications: readonly Draft[] = [
  {
    slug: 'repeated',
    level: 'MUST',
    clause: 'online License page',
    requirement: text('An application that is repeated succeeds.', '重复的申请成功。'),
    why: text('The store repeats it until it is answered.', '云商店会重复申请直至得到应答。'),
    run: async (flow) => {
      const repeated = application(flow.names, await instance(flow));
      await flow.send(repeated).accepted();
      await flow.send(repeated).accepted();
    },
  },
  {
    slug: 'other-instance-same-event',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'An event that comes again for another instance is answered 000002.',
      '同一事件用于另一实例时应答 000002。',
    ),
    why: text('Two buyers would get one License.', '两个买家会得到同一个 License。'),
    run: async (flow) => {
      const eventId = flow.names.id('event');
      await flow.send(application(flow.names, await instance(flow), { eventId })).accepted();
      await flow.send(application(flow.names, await instance(flow), { eventId })).answeredWith('000002');
    },
  },
  {
    slug: 'conflict-named',
    level: 'SHOULD',
    clause: 'R15',
    requirement: text(
      'An event that comes again for another instance is told of by the name instanceId.',
      '同一事件用于另一实例时，应答指明 instanceId。',
    ),
    why: text(
      'Somebody has to find out which of the two is right, and has only this sentence.',
      '需要有人查明两者孰对孰错，而线索只有这句话。',
    ),
    run: async (flow) => {
      const eventId = flow.names.id('event');
      await flow.send(application(flow.names, await instance(flow), { eventId })).given();
      const other = application(flow.names, await instance(flow), { eventId });
      namesMember(await conflict(flow.send(other)), 'instanceId');
    },
  },
  {
    slug: 'unknown-instance',
    level: 'SHOULD',
    clause: 'R19',
    requirement: text('An application for an unknown instance is answered 000003.', '对未知实例的申请应答 000003。'),
    why: text('A License would go to somebody who bought nothing.', 'License 会发给没有购买的人。'),
    mistake: text(
      'The instance is looked up and used without asking whether it was found.',
      '查询实例后未判断是否找到就直接使用。',
    ),
    run: async ({ send, names }) => send(application(names, names.id('unknown'))).answeredWith('000003'),
  },
  {
    slug: 'released-instance',
    level: 'SHOULD',
    clause: 'R18',
    requirement: text('An application for a released instance is answered 000003.', '对已释放实例的申请应答 000003。'),
    why: text('What was released must not come back.', '已释放的实例不得恢复。'),
    run: async (flow) => {
      const id = await instance(flow);
      await flow.send(releaseInstance(id)).given();
      await flow.send(application(flow.names, id)).answeredWith('000003');
    },
  },
];
