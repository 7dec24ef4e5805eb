import type { MeteredInstance } from '@koobridge/contracts';
import type { Catalogue } from '../catalogue/queries.ts';
import type { Records } from '../database/records.ts';
import { lastTerm, type Status, statusAt } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { KeptRecord } from './record.ts';

/** The one instance here that is sold by somebody else, so that code 009 can be seen. */
export const foreignInstance = 'INSTANCE-OF-ANOTHER-SELLER';

const foreign: MeteredInstance = {
  ownedBySeller: false,
  chargingMode: 'ON_DEMAND',
  state: 'OPEN',
  openedAt: 0,
  closedAt: undefined,
  productWithdrawn: false,
  blockedByRiskControl: false,
  packages: undefined,
};

/**
 * What the store knows, at `now`, of the instance that a record names by the seller's id of it; `undefined` if nothing.
 * A freeze for a violation is the store's risk control.
 */
export function meteredInstance(records: Records, record: KeptRecord, now: number): MeteredInstance | undefined {
  if (record.instanceId === foreignInstance) return foreign;
  const subscription = named(records, record.instanceId);
  if (subscription === undefined) return undefined;
  const { chargingMode, openedAt, violation } = subscription;
  const listing = listingOf(records.catalogue, subscription);
  return {
    ownedBySeller: true,
    chargingMode,
    state: states[statusAt(subscription, now)],
    openedAt: openedAt ?? undefined,
    closedAt: subscription.phase === 'RELEASED' ? records.usageRecords.releasedAt(subscription.id) : undefined,
    productWithdrawn: listing === undefined || records.catalogue.sale(listing) === 'WITHDRAWN',
    blockedByRiskControl: violation && subscription.phase !== 'RELEASED',
    packages: packagesFor(records, subscription, record.relatedPackage, now),
  };
}

/** The seller's id of an instance, never the store's own id of the resource. */
function named({ subscriptions }: Records, instanceId: string): Subscription | undefined {
  const found = subscriptions.instance(instanceId);
  return found?.instanceId === instanceId ? found : undefined;
}

const states: Readonly<Record<Status, MeteredInstance['state']>> = {
  UNPAID: 'OPENING',
  OPENING: 'OPENING',
  ACTIVE: 'OPEN',
  EXPIRED: 'ABNORMAL',
  FROZEN: 'ABNORMAL',
  RELEASED: 'CLOSED',
};

/**
 * Where the listing has packages that stop before excess: the named one, if it is in force and of the same customer and
 * listing. Of any other listing nothing.
 */
function packagesFor(
  records: Records,
  metered: Subscription,
  relatedPackage: string | null,
  now: number,
): ReadonlySet<string> | undefined {
  const listing = listingOf(records.catalogue, metered);
  const stopping = records.catalogue
    .products()
    .filter((product) => product.listing === listing && product.stopBeforeExcess)
    .map(({ productId }) => productId);
  if (stopping.length === 0) return undefined;
  const bought = relatedPackage === null ? undefined : named(records, relatedPackage);
  const covers =
    bought !== undefined &&
    bought.customer === metered.customer &&
    stopping.includes(lastTerm(bought).productId) &&
    statusAt(bought, now) === 'ACTIVE';
  return new Set(covers && relatedPackage !== null ? [relatedPackage] : []);
}

const listingOf = (catalogue: Catalogue, subscription: Subscription): string | undefined =>
  catalogue.productWithId(lastTerm(subscription).productId)?.listing;
