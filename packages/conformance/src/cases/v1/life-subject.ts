import type { ClauseId } from '../../clauses.ts';
import type { Call, Message } from '../../flow/call.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Names } from '../../flow/names.ts';
import { v1About, v1LicenseRefresh, v1Refresh } from '../../messages/v1.ts';
import { boughtInstance, boughtLicense } from './bought.ts';

/** What V1 sells: an instance, which a License is to it as well. */
export interface V1LifeSubject {
  readonly pages: Readonly<Record<'renewal' | 'expiry' | 'release', ClauseId>>;
  readonly activities: Readonly<Record<'renewal' | 'expiry' | 'release', string>>;
  fresh(flow: Flow): Promise<V1Bought>;
  renewal(names: Names, instanceId: string, expireTime: string, more?: Message): Call;
  expiry(bought: V1Bought): Call;
  release(bought: V1Bought): Call;
}

export interface V1Bought {
  readonly instanceId: string;
  /** Of the purchase; the pages of License make expiry and release name it. */
  readonly orderId: string;
}

export const v1Instances: V1LifeSubject = {
  pages: { renewal: 'V1 renewal page', expiry: 'V1 expiry page', release: 'V1 release page' },
  activities: { renewal: 'refreshInstance', expiry: 'expireInstance', release: 'releaseInstance' },
  fresh: async (flow) => ({ instanceId: await boughtInstance(flow), orderId: flow.names.order().orderId }),
  renewal: v1Refresh,
  expiry: ({ instanceId }) => v1About('expireInstance', instanceId),
  release: ({ instanceId }) => v1About('releaseInstance', instanceId),
};

/** Its expiry has no page of its own left, and is told of by the one of the release. */
export const v1Licenses: V1LifeSubject = {
  pages: {
    renewal: 'V1 License renewal page',
    expiry: 'V1 License release page',
    release: 'V1 License release page',
  },
  activities: { renewal: 'refreshLicense', expiry: 'expireLicense', release: 'releaseLicense' },
  fresh: boughtLicense,
  renewal: v1LicenseRefresh,
  expiry: ({ instanceId, orderId }) => v1About('expireLicense', instanceId, { orderId }),
  release: ({ instanceId, orderId }) => v1About('releaseLicense', instanceId, { orderId }),
};
