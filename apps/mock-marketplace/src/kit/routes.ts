import * as z from 'zod';
import { failures, nothing, optional, pageLimit, time } from '../control/shapes.ts';
import { ApplicationForm, applicationForm } from './application.ts';
import {
  BindingStep,
  Department,
  orgCode,
  orgName,
  parentCode,
  Tenant,
  tenantName,
  User,
  userMembers,
  userName,
} from './enterprise.ts';

/** The credentials of a seller's applications, and the enterprises that use them. */

const ApplicationView = z.object({
  appId: z.string(),
  ...applicationForm,
  /** As PEM. */
  publicKey: z.string(),
  /** The enterprise for the seller's own tests, and its account once there is one. */
  testTenant: z.string(),
  testAccount: z.string().nullable(),
  /** Where its users log in. */
  unifiedLogin: z.string(),
  createdAt: time,
});

const TenantView = Tenant.omit({ number: true }).extend({ domainName: z.string() });

const WholeTenantView = TenantView.extend({
  applications: z.array(z.object({ appId: z.string(), clientId: z.string() })),
  /** `subject` is the subscription, or the appId in the seller's own tests. */
  bindings: z.array(
    z.object({
      subject: z.string(),
      appId: z.string(),
      instanceId: z.string().nullable(),
      orderId: z.string().nullable(),
      /** The call of the three that the seller's server has not taken yet. */
      step: BindingStep,
    }),
  ),
});

/** The messages that were sent because of it. */
const sent = { messages: z.array(z.string()) };

const userChanges = z
  .strictObject({
    change: z.enum(['authorize', 'modify', 'withdraw', 'delete']),
    /** Where the enterprise uses several. */
    appId: z.string().optional(),
    users: z
      .array(z.strictObject({ userName, ...z.object(userMembers).partial().shape }))
      .min(1)
      .max(500),
  })
  .refine(({ users }) => new Set(users.map((user) => user.userName)).size === users.length, {
    error: 'names a user twice',
    path: ['users'],
  });
export type UserChanges = z.output<typeof userChanges>;

const departmentChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('add'), orgCode, orgName, parentCode: parentCode.default('') }),
  z.strictObject({
    change: z.literal('modify'),
    orgCode,
    orgName: orgName.optional(),
    parentCode: parentCode.optional(),
  }),
  z.strictObject({ change: z.literal('delete'), orgCode }),
]);
export type DepartmentChange = z.output<typeof departmentChange>;

const page = z.strictObject({ after: z.string().optional(), limit: pageLimit });

export const kitRoutes = {
  applications: {
    method: 'GET',
    path: '/applications',
    query: page,
    responses: { ...failures, 200: z.array(ApplicationView) },
  },
  application: { method: 'GET', path: '/applications/:appId', responses: { ...failures, 200: ApplicationView } },
  applyForApplication: {
    method: 'POST',
    path: '/applications',
    summary: 'Applies for a credential, which tells the seller of an enterprise to test with; its secret is shown once',
    body: ApplicationForm,
    responses: { ...failures, 200: ApplicationView.extend({ secret: z.string() }) },
  },
  saveApplication: {
    method: 'PUT',
    path: '/applications/:appId',
    summary: 'Changes a credential; a changed public key is used at once for the seller’s own tests',
    body: ApplicationForm,
    responses: { ...failures, 200: ApplicationView },
  },
  applyForTestAccount: {
    method: 'POST',
    path: '/applications/:appId/test-account',
    summary: 'Applies for the one test account of a credential, whose password is shown once',
    body: nothing,
    responses: {
      ...failures,
      200: z.object({
        domain: z.string(),
        tenantId: z.string(),
        account: z.string(),
        password: z.string(),
        ...sent,
      }),
    },
  },

  tenants: { method: 'GET', path: '/tenants', query: page, responses: { ...failures, 200: z.array(TenantView) } },
  tenant: { method: 'GET', path: '/tenants/:tenantId', responses: { ...failures, 200: WholeTenantView } },
  saveTenant: {
    method: 'PUT',
    path: '/tenants/:tenantId',
    summary: 'Tells the sellers the name of an enterprise, a new one or the present one, and its domain',
    body: z.strictObject({ name: tenantName.optional() }),
    responses: { ...failures, 200: z.object({ tenant: TenantView, ...sent }) },
  },
  updateTenantApplication: {
    method: 'POST',
    path: '/tenants/:tenantId/application',
    summary: 'Brings the enterprise a client secret that is encrypted with the present public key (订单修改设置)',
    body: optional({ appId: z.string().optional() }),
    responses: { ...failures, 200: z.object(sent) },
  },
  users: {
    method: 'GET',
    path: '/tenants/:tenantId/users',
    query: z.strictObject({ appId: z.string().optional(), after: z.string().optional(), limit: pageLimit }),
    responses: { ...failures, 200: z.array(User) },
  },
  changeUsers: {
    method: 'POST',
    path: '/tenants/:tenantId/users',
    summary: 'Authorises users for an application, changes, withdraws or deletes them; new passwords are shown once',
    body: userChanges,
    responses: {
      ...failures,
      200: z.object({
        /** `password` of those who are new to the enterprise. */
        users: z.array(z.object({ userName: z.string(), password: z.string().nullable() })),
        ...sent,
      }),
    },
  },
  departments: {
    method: 'GET',
    path: '/tenants/:tenantId/departments',
    responses: { ...failures, 200: z.array(Department) },
  },
  changeDepartment: {
    method: 'POST',
    path: '/tenants/:tenantId/departments',
    summary: 'Adds, changes or deletes a department',
    body: departmentChange,
    responses: { ...failures, 200: z.object({ department: Department, ...sent }) },
  },
  syncDepartments: {
    method: 'POST',
    path: '/tenants/:tenantId/departments/sync',
    summary: 'Passes on the whole organisation',
    body: nothing,
    responses: { ...failures, 200: z.object(sent) },
  },
} as const;
