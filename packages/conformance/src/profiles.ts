import type { KeyClass } from '@koobridge/contracts';
import { type Text, text } from './text.ts';

/** A kind of product, by the interfaces that its seller must serve. */
export interface Profile {
  readonly id: ProfileId;
  readonly name: Text;
  /** The ring whose first key signs its calls (R6). */
  readonly keyClass: KeyClass;
  /** Whether it is run where nobody chose profiles, as long as its ring has a key. */
  readonly usual: boolean;
}

export const profileIds = [
  'license',
  'saas',
  'online-license',
  'order-notice',
  'kit',
  'v1',
  'v1-license',
  'v1-kit',
] as const;
export type ProfileId = (typeof profileIds)[number];

export const profiles: Readonly<Record<ProfileId, Profile>> = {
  license: {
    id: 'license',
    name: text('License codes 2.0', 'License 授权码 2.0'),
    keyClass: 'license',
    usual: true,
  },
  saas: { id: 'saas', name: text('SaaS 2.0', 'SaaS 2.0'), keyClass: 'base', usual: true },
  'online-license': {
    id: 'online-license',
    name: text('online License', '在线开通 License'),
    keyClass: 'base',
    usual: false,
  },
  'order-notice': {
    id: 'order-notice',
    name: text('order notice', '订单通知'),
    keyClass: 'general',
    usual: true,
  },
  kit: { id: 'kit', name: text('joint-operation Kit', '联营 Kit'), keyClass: 'kit', usual: true },
  v1: { id: 'v1', name: text('SaaS of the retired V1', '已下线的 V1 SaaS'), keyClass: 'v1', usual: false },
  'v1-license': {
    id: 'v1-license',
    name: text('License of the retired V1', '已下线的 V1 License'),
    keyClass: 'v1',
    usual: false,
  },
  'v1-kit': {
    id: 'v1-kit',
    name: text('Kit of the retired V1', '已下线的 V1 联营 Kit'),
    keyClass: 'v1',
    usual: false,
  },
};

export const isProfileId = (name: string): name is ProfileId => Object.hasOwn(profiles, name);
