import type { Draft } from '../../case.ts';
import type { Call } from '../../flow/call.ts';
import type { Names } from '../../flow/names.ts';
import { application, authorization, department, organisation, tenant } from '../../messages/kit.ts';
import { type Text, text } from '../../text.ts';
import { type MemberRow, type MemberTable, memberCases } from '../shared/members.ts';

/** `instanceId` may be empty or missing, while a seller applies for a credential (R10). */
const common: Readonly<Record<string, MemberRow>> = {
  instanceId: { optional: true, longest: 64 },
  tenantId: { longest: 64 },
  timeStamp: { date: true },
};

/** The five interfaces of the Kit, member by member. The secret of an application is looked at in debugging only (R26). */
export const kitTables: readonly MemberTable[] = [
  {
    slug: 'tenant',
    activity: 'tenantSync',
    call: async ({ names }) => tenant(names),
    members: {
      ...common,
      orderId: { optional: true, longest: 64 },
      tenantCode: { longest: 64 },
      name: { longest: 255 },
      domainName: { longest: 255 },
      flag: { structured: true },
    },
  },
  {
    slug: 'application',
    activity: 'applicationSync',
    call: async ({ names }) => application(names, { testFlag: 1 }),
    members: {
      ...common,
      appId: { longest: 64 },
      clientId: { longest: 64 },
      clientSecret: {},
      flag: { structured: true },
    },
  },
  {
    slug: 'auth',
    activity: 'authSync',
    call: async ({ names }) => authorization(names),
    members: {
      ...common,
      appId: { longest: 64 },
      userList: {},
      currentSyncTime: { date: true },
      flag: { structured: true },
    },
  },
  {
    slug: 'department',
    activity: 'singleOrgSync',
    call: async ({ names }) => department(names),
    members: { ...common, orgCode: { longest: 64 }, orgName: { longest: 128 }, flag: { structured: true } },
  },
  {
    slug: 'organisation',
    activity: 'allOrgSync',
    call: async ({ names }) => organisation(names),
    members: { ...common, orgInfoList: {} },
  },
];

const accepted = (slug: string, requirement: Text, why: Text, compose: (names: Names) => Call): Draft => ({
  slug,
  level: 'SHOULD',
  clause: 'R10',
  requirement,
  why,
  run: async ({ send, names }) => send(compose(names)).accepted(),
});

const department1 = { orgCode: '10000', orgName: 'Department', parentCode: '' } as const;

/** What they may hold (R5, R10). */
export const schema: readonly Draft[] = [
  ...memberCases(kitTables),
  accepted(
    'empty-ids',
    text('An empty instanceId and orderId are accepted.', '空的 instanceId 与 orderId 被接受。'),
    text('There is no order yet when a seller applies for a credential.', '商家申请凭证时尚无订单。'),
    (names) => tenant(names, { instanceId: '', orderId: '' }),
  ),
  accepted(
    'list-as-text',
    text('A list that arrives as a text holding JSON is read.', '以 JSON 文本形式到达的列表可被读取。'),
    text('The pages type the lists as texts.', '页面将列表定义为文本。'),
    (names) => organisation(names, { orgInfoList: JSON.stringify([department1]) }),
  ),
  accepted(
    'list-empty',
    text('An empty list of departments is accepted.', '空的部门列表被接受。'),
    text('An enterprise may have none.', '企业可能没有部门。'),
    (names) => organisation(names, { orgInfoList: [] }),
  ),
  {
    slug: 'department-repeated-instance-id',
    level: 'SHOULD',
    clause: 'R5',
    requirement: text(
      'singleOrgSync with an equal instanceId twice is accepted.',
      'singleOrgSync 中相同的 instanceId 出现两次被接受。',
    ),
    why: text('The printed example is such a body.', '页面印出的示例即为此格式。'),
    run: async ({ send, names }) => {
      const call = department(names);
      const instanceId = JSON.stringify(call.message['instanceId']);
      const body = JSON.stringify(call.message).replace(/}$/, `,"instanceId":${instanceId}}`);
      return send(call, { body }).accepted();
    },
  },
  ...(['tenant', 'department'] as const).map(
    (slug): Draft => ({
      slug: `${slug}-flag-outside`,
      level: 'SHOULD',
      clause: 'R10',
      requirement: text('A flag that no page lists is answered 000002.', '文档未列出的 flag 应答 000002。'),
      why: text('Adding where something else was meant cannot be taken back.', '误作新增将无法挽回。'),
      run: async ({ send, names }) =>
        send((slug === 'tenant' ? tenant : department)(names, { flag: 9 })).answeredWith('000002'),
    }),
  ),
];
