import { type activities, composeBody } from '@koobridge/contracts';
import type * as z from 'zod';
import type { Callback } from '../callbacks/callback.ts';
import { iso } from '../clock/calendar.ts';
import { expiresAt, statusAt } from '../subscriptions/moments.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Application } from './application.ts';

export type ApplicationRefusal =
  | 'not-online'
  | 'opening'
  | 'released'
  | 'not-active'
  | 'unknown-application'
  | 'other-fingerprint';

/** Whether a buyer may apply for a License now. */
export function whyNotApply(subscription: Subscription, now: number): ApplicationRefusal | undefined {
  if (subscription.access !== 'ONLINE_LICENSE') return 'not-online';
  const status = statusAt(subscription, now);
  if (status === 'OPENING' || subscription.instanceId === null) return 'opening';
  if (status === 'RELEASED') return 'released';
  return status === 'ACTIVE' ? undefined : 'not-active';
}

/** The validity that is asked for: from now to the expiry, if there is one. */
export function validityOf(subscription: Subscription, now: number): Pick<Application, 'effectiveTime' | 'expireTime'> {
  const expiry = expiresAt(subscription);
  return { effectiveTime: written(now), expireTime: expiry === null ? null : written(expiry) };
}

/** As the documented `2023-10-27 10:30:15 z`, UTC. */
const written = (instant: number): string => `${iso(instant).slice(0, 19).replace('T', ' ')} z`;

/** The call of an application: the same application has the same body, however often it is sent. */
export function applicationCall(
  subscription: Subscription,
  application: Pick<Application, 'eventId' | 'fingerprint' | 'effectiveTime' | 'expireTime'>,
): Callback {
  const { id, instanceId } = subscription;
  const { eventId, fingerprint, effectiveTime, expireTime } = application;
  const message: z.input<(typeof activities)['getLicenseAsync']['request']> = {
    activity: 'getLicenseAsync',
    instanceId: instanceId ?? '',
    effectiveTime,
    expireTime,
    eventId,
    deviceFingerprint: fingerprint,
    testFlag: '0',
  };
  return {
    activity: 'getLicenseAsync',
    subject: id,
    license: null,
    instanceId,
    command: null,
    orderId: null,
    body: composeBody({ ...message }),
    plan: 'online-update',
  };
}
