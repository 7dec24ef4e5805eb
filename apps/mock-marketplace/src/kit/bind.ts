import type { Callback } from '../callbacks/callback.ts';
import type { Message } from '../callbacks/message.ts';
import type { Records } from '../database/records.ts';
import { drawFrom } from '../draw.ts';
import { lastTerm } from '../subscriptions/moments.ts';
import { purchaseOf, type Subscription } from '../subscriptions/subscription.ts';
import type { Application } from './application.ts';
import { applicationCall, organisationCall, type Place, tenantCall } from './calls.ts';
import { type Binding, type Client, rootDepartment, type Tenant } from './enterprise.ts';
import { digestOf, encryptSecret, newSecret } from './secret.ts';
import { addKitCalls } from './write.ts';

/** How an application is bound to an enterprise and parts from it again. All of it happens in its caller's transaction. */

/** So many orders are bound to one enterprise at most, since a change of it is told for each. */
const bindingsAtMost = 100;

/**
 * What the Kit has to say about a subscription that was just written: that of an opened instance whose product has an
 * application credential is bound to an enterprise of its customer, a released one is dissolved.
 */
export function kitCallbacks(records: Records, subscription: Subscription): Message[] {
  const { kit, catalogue } = records;
  const { id, phase, openedAt, instanceId } = subscription;
  const binding = instanceId === null ? undefined : kit.binding(id);
  if (phase === 'RELEASED') return binding === undefined ? [] : dissolve(records, binding);
  if (phase !== 'ACTIVE' || openedAt === null || instanceId === null || binding !== undefined) return [];
  const appId = catalogue.productWithId(lastTerm(subscription).productId)?.application ?? null;
  const application = appId === null ? undefined : kit.application(appId);
  if (application === undefined) return [];
  const tenant = tenantFor(records, subscription, application);
  return addKitCalls(records, bind(records, placeOf(records, id), tenant, application));
}

/** Where a call belongs to: an order, or to none in the seller's own flow. */
export function placeOf({ subscriptions }: Records, subject: string): Place {
  const subscription = subscriptions.find(subject);
  return {
    subject,
    instanceId: subscription?.instanceId ?? '',
    orderId: subscription === undefined ? '' : purchaseOf(subscription),
  };
}

/**
 * The customer's first enterprise where it has room for the order, else the newest, else another one: of an application
 * without multi-instance binding, each enterprise takes one order.
 */
function tenantFor({ kit, catalogue, seed }: Records, { customer }: Subscription, application: Application): Tenant {
  const { appId, multiInstance } = application;
  const ends = kit.tenantsAtEnds(customer);
  const room = multiInstance ? bindingsAtMost : 1;
  const free = [ends?.first, ends?.newest].find(
    (tenant) => tenant !== undefined && kit.bindingCount(tenant.tenantId, appId) < room,
  );
  if (free !== undefined) return free;
  const number = (ends?.newest.number ?? 0) + 1;
  const name = catalogue.customer(customer)?.name ?? customer;
  const tenant: Tenant = {
    tenantId: drawFrom(seed).text(32, `tenant ${customer} ${number}`).toLowerCase(),
    tenantCode: number === 1 ? customer : `${customer.slice(0, 50)}-${number}`,
    customer,
    number,
    name: number === 1 ? name : `${name.slice(0, 240)} (${number})`,
  };
  foundTenant(kit, tenant);
  return tenant;
}

export function foundTenant(kit: Records['kit'], tenant: Tenant): void {
  kit.saveTenant(tenant);
  kit.saveDepartment(tenant.tenantId, rootDepartment);
}

/**
 * Binds, and answers the first call, whose success the others wait for. A client secret that an earlier public key
 * encrypted is of no use to a new order: then all orders get another one.
 */
export function bind(records: Records, place: Place, tenant: Tenant, application: Application): Callback[] {
  const { kit, clock, seed } = records;
  const { tenantId } = tenant;
  const { appId } = application;
  const client = kit.clientOf(tenantId, appId);
  const renewed =
    client === undefined || isCurrent(client, application) ? [] : renewSecret(records, client, application);
  kit.saveBinding({ subject: place.subject, tenantId, appId, step: 'TENANT' });
  if (client === undefined) {
    const clientId = drawFrom(seed).text(32, `client ${tenantId} ${place.subject}`);
    kit.saveClient(withNewSecret({ clientId, tenantId, appId }, application));
  }
  return [tenantCall(place, tenant, kit.origin(), 'ADD', clock.now()), ...renewed];
}

/**
 * Gives a client a secret that the present public key encrypts, and answers the calls that tell those who were told one;
 * where the first telling is still to come, that brings it.
 */
export function renewSecret(records: Records, client: Client, application: Application): Callback[] {
  const { kit, clock } = records;
  const renewed = withNewSecret(client, application);
  kit.saveClient(renewed);
  return kit
    .bindings(client.tenantId, client.appId)
    .filter(({ step }) => step !== 'TENANT')
    .map(({ subject, step }) =>
      applicationCall(placeOf(records, subject), renewed, step === 'APPLICATION' ? 'ADD' : 'MODIFY', clock.now()),
    );
}

function withNewSecret(
  { clientId, tenantId, appId }: Pick<Client, 'clientId' | 'tenantId' | 'appId'>,
  application: Application,
): Client {
  const secret = newSecret();
  return {
    clientId,
    tenantId,
    appId,
    secretDigest: digestOf(secret),
    encryptedSecret: encryptSecret(application, secret),
    encryptedFor: encryptionOf(application),
  };
}

const encryptionOf = ({ publicKey, oaepHash }: Application): string => digestOf(`${oaepHash} ${publicKey}`);

const isCurrent = ({ encryptedFor }: Client, application: Application): boolean =>
  encryptedFor === encryptionOf(application);

/** A call succeeded: the next one of a binding that is under way. */
export function followKit(records: Records, { activity, subject }: Message): Message[] {
  const { kit, clock } = records;
  const binding = kit.binding(subject);
  if (binding === undefined) return [];
  const { step, tenantId, appId } = binding;
  const place = placeOf(records, subject);
  if (activity === 'tenantSync' && step === 'TENANT') {
    const client = kit.clientOf(tenantId, appId);
    if (client === undefined) return [];
    kit.setStep(subject, 'APPLICATION');
    return addKitCalls(records, [applicationCall(place, client, 'ADD', clock.now())]);
  }
  if (activity === 'applicationSync' && step === 'APPLICATION') {
    kit.setStep(subject, 'ORGANISATION');
    return addKitCalls(records, [organisationCall(place, tenantId, kit.departments(tenantId), clock.now())]);
  }
  if (activity === 'allOrgSync' && step === 'ORGANISATION') kit.setStep(subject, 'BOUND');
  return [];
}

/** Dissolving is unbinding: the enterprise is deleted at the seller's, then its application, in the order of an addition (MIW FAQ, `imc_08_0000`). */
function dissolve(records: Records, { subject, tenantId, appId, step }: Binding): Message[] {
  const { kit, grants, clock } = records;
  const tenant = kit.tenant(tenantId);
  const client = kit.clientOf(tenantId, appId);
  kit.removeBinding(subject);
  if (kit.bindingCount(tenantId, appId) === 0) {
    kit.removeClient(tenantId, appId);
    kit.withdrawAll(tenantId, appId);
    grants.takeAll(tenantId, appId);
  }
  if (tenant === undefined || client === undefined) return [];
  const place = placeOf(records, subject);
  const deleted = tenantCall(place, tenant, kit.origin(), 'DELETE', clock.now());
  const applicationTold = step !== 'TENANT';
  return addKitCalls(
    records,
    applicationTold ? [deleted, applicationCall(place, client, 'DELETE', clock.now())] : [deleted],
  );
}
