import type { Draft } from '../../case.ts';
import type { Call } from '../../flow/call.ts';
import type { Names } from '../../flow/names.ts';
import {
  v1Application,
  v1Authorization,
  v1Department,
  v1Organisation,
  v1Tenant,
  v1Users,
} from '../../messages/v1-kit.ts';
import { type Text, text } from '../../text.ts';
import { type MemberRow, type MemberTable, memberCases } from '../shared/members.ts';

const id: MemberRow = { longest: 64, structured: true };
const optionalId: MemberRow = { ...id, optional: true };
const flag: MemberRow = { structured: true };
const common: Readonly<Record<string, MemberRow>> = { instanceId: optionalId, tenantId: id };

/**
 * The Kit of V1, member by member. How an object enters the signed text is documented nowhere, so none is sent in place of
 * a text. The secret of an application is looked at in debugging only (R26).
 */
export const v1KitTables: readonly MemberTable[] = [
  {
    slug: 'tenant',
    activity: 'tenantSync',
    call: async ({ names }) => v1Tenant(names),
    members: {
      ...common,
      orderId: optionalId,
      tenantCode: id,
      name: { longest: 255, structured: true },
      domainName: { longest: 255, structured: true },
      flag,
    },
  },
  {
    slug: 'application',
    activity: 'applicationSync',
    call: async ({ names }) => v1Application(names, { testFlag: 1 }),
    members: { ...common, appId: id, clientId: id, clientSecret: { structured: true }, flag },
  },
  {
    slug: 'auth',
    activity: 'authSync',
    call: async ({ names }) => v1Authorization(names),
    members: {
      ...common,
      appId: id,
      userList: { structured: true },
      currentSyncTime: { date: true, structured: true },
      flag,
    },
  },
  {
    slug: 'department',
    activity: 'singleOrgSync',
    call: async ({ names }) => v1Department(names),
    members: { ...common, orgCode: id, orgName: { longest: 128, structured: true }, flag },
  },
  {
    slug: 'organisation',
    activity: 'allOrgSync',
    call: async ({ names }) => v1Organisation(names),
    members: { ...common, orgInfo: { structured: true } },
  },
];

const refused = (slug: string, requirement: Text, why: Text, compose: (names: Names) => Call): Draft => ({
  slug,
  level: 'SHOULD',
  clause: 'R10',
  requirement,
  why,
  run: async ({ send, names }) => send(compose(names)).answeredWith('000002'),
});

const outside = (slug: string, activity: string, flagOutside: number, compose: (names: Names) => Call): Draft =>
  refused(
    `${slug}-flag-outside`,
    text(
      `${activity}: flag ${flagOutside}, which V1 does not list, is answered 000002.`,
      `${activity}：V1 未列出的 flag ${flagOutside} 应答 000002。`,
    ),
    text('Adding where something else was meant cannot be taken back.', '误作新增将无法挽回。'),
    compose,
  );

/** What they may hold (R5, R10). */
export const kitSchema: readonly Draft[] = [
  ...memberCases(v1KitTables),
  outside('tenant', 'tenantSync', 2, (names) => v1Tenant(names, { flag: 2 })),
  outside('application', 'applicationSync', 2, (names) => v1Application(names, { flag: 2, testFlag: 1 })),
  outside('auth', 'authSync', 3, (names) => v1Authorization(names, { flag: 3 })),
  outside('department', 'singleOrgSync', 3, (names) => v1Department(names, { flag: 3 })),
  refused(
    'auth-too-many',
    text('authSync with 501 users is answered 000002.', '含 501 个用户的 authSync 应答 000002。'),
    text('The page allows 500.', '页面规定上限为 500 个。'),
    (names) => v1Authorization(names, { userList: v1Users(names, 501) }),
  ),
  {
    slug: 'auth-most',
    level: 'MUST',
    clause: 'V1 Kit pages',
    requirement: text('authSync with 500 users is accepted.', '含 500 个用户的 authSync 被接受。'),
    why: text('The page allows 500, and a large enterprise has them.', '页面规定上限为 500 个，大型企业会用满。'),
    run: async ({ send, names }) => send(v1Authorization(names, { userList: v1Users(names, 500) })).accepted(),
  },
  {
    slug: 'empty-ids',
    level: 'SHOULD',
    clause: 'R10',
    requirement: text('An empty instanceId and orderId are accepted.', '空的 instanceId 与 orderId 被接受。'),
    why: text('There is no order yet when a seller applies for a credential.', '商家申请凭证时尚无订单。'),
    run: async ({ send, names }) => send(v1Tenant(names, { instanceId: '', orderId: '' })).accepted(),
  },
];
