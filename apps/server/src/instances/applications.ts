import { result, resultCode } from '@koobridge/contracts';
import type { Answered } from '../ledger/receipts.ts';
import { statement, type Work } from '../ledger/work.ts';
import { done, notFound } from '../life/life.ts';
import type { Announce } from '../outbox/new-event.ts';
import type { Instances } from './instances.ts';
import type { LicenseApplicationRow } from './tables.ts';

/** A buyer's application for an online License. Times as the store wrote them: their form is not documented. */
export interface LicenseApplication {
  readonly eventId: string;
  readonly instanceId: string;
  readonly effectiveTime: string;
  readonly expireTime: string | null;
  readonly deviceFingerprint: string | null;
}

/** The applications for online Licenses: each event is answered with one License, delivered by upload. Used inside a transaction. */
export interface LicenseApplications {
  /** `000004` until the store has taken the License, `000000` after it. `now` in milliseconds since the epoch. */
  apply(application: LicenseApplication, now: number): Work<Answered>;
  delivered(eventId: string, now: number): Work<void>;
}

const select = statement<LicenseApplicationRow>('SELECT * FROM license_applications WHERE event_id = ?');
const insert = statement(
  `INSERT INTO license_applications (event_id, instance_id, effective_time, expire_time, device_fingerprint, applied_at)
   VALUES (?, ?, ?, ?, ?, ?)`,
);
const deliver = statement(
  'UPDATE license_applications SET delivered_at = ? WHERE event_id = ? AND delivered_at IS NULL',
);

export function openLicenseApplications(instances: Instances, announce: Announce): LicenseApplications {
  return {
    *apply(application, now) {
      const { eventId, instanceId, effectiveTime, expireTime, deviceFingerprint } = application;
      const known = yield* select.first(eventId);
      if (known !== undefined && known.delivered_at !== null) return repeat(known, application);
      const stored = yield* instances.find(known?.instance_id ?? instanceId);
      // What was not delivered by then never will be (R18, R19).
      if (stored === undefined || stored.instance.status === 'RELEASED') return { answer: notFound };
      if (known !== undefined) return repeat(known, application);
      yield* insert.write(eventId, instanceId, effectiveTime, expireTime, deviceFingerprint, now);
      // In a line of its own: a License that the store will not take must not hold up the instance's freeze or release.
      yield* announce({ type: 'license.requested', subject: eventId, data: application }, now);
      return { answer: result(resultCode.processing) };
    },
    *delivered(eventId, now) {
      if ((yield* deliver.run(now, eventId)) === 0) return;
      const application = yield* select.first(eventId);
      if (application === undefined) return;
      const instanceId = application.instance_id;
      yield* announce({ type: 'license.delivered', subject: instanceId, data: { eventId, instanceId } }, now);
    },
  };
}

/** The event and the device tell whether it is the same application; another one under the same event is a conflict (R15). */
function repeat(known: LicenseApplicationRow, application: LicenseApplication): Answered {
  const conflict =
    known.instance_id !== application.instanceId
      ? 'instanceId'
      : known.device_fingerprint !== application.deviceFingerprint
        ? 'deviceFingerprint'
        : undefined;
  if (conflict === undefined) return { answer: known.delivered_at === null ? result(resultCode.processing) : done };
  const message = `${conflict}: this eventId came before with another ${conflict}`;
  return { answer: result(resultCode.invalidParameter, message), conflict };
}
