import type { Draft } from '../../case.ts';
import type { Call } from '../../flow/call.ts';
import type { Flow } from '../../flow/flow.ts';
import { moments } from '../../messages/license.ts';
import { v1About, v1LicensePurchase, v1LicenseRefresh, v1Purchase, v1Refresh, v1Upgrade } from '../../messages/v1.ts';
import { type MemberRow, type MemberTable, memberCases } from '../shared/members.ts';
import { boughtInstance, boughtLicense } from './bought.ts';

type Rows = Readonly<Record<string, MemberRow>>;

const id: MemberRow = { longest: 64 };
const optionalId: MemberRow = { optional: true, longest: 64 };
const period: Rows = {
  periodType: { optional: true, words: ['year', 'month'] },
  periodNumber: { optional: true, number: true },
};

const purchase: Rows = {
  customerId: { longest: 100 },
  customerName: optionalId,
  businessId: id,
  orderId: id,
  productId: id,
  skuCode: optionalId,
  expireTime: { optional: true, date: true },
  ...period,
};

const renewal: Rows = { orderId: id, instanceId: id, productId: optionalId, expireTime: { date: true }, ...period };

const about =
  (compose: (flow: Flow, instanceId: string) => Call) =>
  async (flow: Flow): Promise<Call> =>
    compose(flow, await boughtInstance(flow));

const aboutLicense =
  (compose: (flow: Flow, instanceId: string, orderId: string) => Call) =>
  async (flow: Flow): Promise<Call> => {
    const { instanceId, orderId } = await boughtLicense(flow);
    return compose(flow, instanceId, orderId);
  };

/** The interfaces of SaaS, parameter by parameter. Expiry and release leave `orderId` out in their own examples. */
export const v1Tables: readonly MemberTable[] = [
  {
    slug: 'create',
    activity: 'newInstance',
    texts: true,
    call: async ({ names }) => v1Purchase(names),
    members: {
      ...purchase,
      chargingMode: { optional: true, words: ['0', '1', '3', '5'] },
      amount: { optional: true, number: true },
    },
  },
  {
    slug: 'refresh',
    activity: 'refreshInstance',
    texts: true,
    call: about(({ names }, instanceId) => v1Refresh(names, instanceId, moments.near.written)),
    members: { ...renewal, trialToFormal: { optional: true, words: ['1'] } },
  },
  {
    slug: 'expire',
    activity: 'expireInstance',
    texts: true,
    call: about((_flow, instanceId) => v1About('expireInstance', instanceId)),
    members: { instanceId: id, orderId: optionalId },
  },
  {
    slug: 'release',
    activity: 'releaseInstance',
    texts: true,
    call: about((_flow, instanceId) => v1About('releaseInstance', instanceId)),
    members: { instanceId: id, orderId: optionalId },
  },
  {
    slug: 'upgrade',
    activity: 'upgrade',
    texts: true,
    call: about(({ names }, instanceId) => v1Upgrade(names, instanceId)),
    members: { instanceId: id, orderId: id, skuCode: id, productId: id, amount: { optional: true, number: true } },
  },
  {
    slug: 'status',
    activity: 'instanceStatus',
    texts: true,
    call: about((_flow, instanceId) => v1About('instanceStatus', instanceId, { instanceStatus: 'FREEZE' })),
    members: { instanceId: id, instanceStatus: { words: ['FREEZE', 'NORMAL'] } },
  },
  {
    slug: 'query',
    activity: 'queryInstance',
    texts: true,
    call: about((_flow, instanceId) => v1About('queryInstance', instanceId)),
    members: { instanceId: id },
  },
];

/** Those of License. */
export const v1LicenseTables: readonly MemberTable[] = [
  {
    slug: 'create',
    activity: 'getLicense',
    texts: true,
    call: async ({ names }) => v1LicensePurchase(names),
    members: purchase,
  },
  {
    slug: 'refresh',
    activity: 'refreshLicense',
    texts: true,
    call: aboutLicense(({ names }, instanceId) => v1LicenseRefresh(names, instanceId, moments.near.written)),
    members: renewal,
  },
  {
    slug: 'expire',
    activity: 'expireLicense',
    texts: true,
    call: aboutLicense((_flow, instanceId, orderId) => v1About('expireLicense', instanceId, { orderId })),
    members: { instanceId: id, orderId: id },
  },
  {
    slug: 'release',
    activity: 'releaseLicense',
    texts: true,
    call: aboutLicense((_flow, instanceId, orderId) => v1About('releaseLicense', instanceId, { orderId })),
    members: { instanceId: id, orderId: id },
  },
];

export const schema: readonly Draft[] = memberCases(v1Tables);
export const licenseSchema: readonly Draft[] = memberCases(v1LicenseTables);
