import type { Handlers } from '@koobridge/ts-rest-koa';
import type * as z from 'zod';
import { iso } from '../clock/calendar.ts';
import { ok, refusalAnswer } from '../control/refusal.ts';
import { acting, type Done, no, yes } from '../control/turn.ts';
import type { Marketplace } from '../marketplace.ts';
import { writeChange } from '../subscriptions/write.ts';
import type { Application } from './application.ts';
import { applicationCall, validityOf, whyNotApply } from './apply.ts';
import type { ApplicationView, onlineLicenseRoutes } from './routes.ts';

interface Wish {
  readonly fingerprint?: string | undefined;
  /** Of an earlier application that is to be sent again. */
  readonly eventId?: string | undefined;
}

export function onlineLicenseHandlers(market: Marketplace): Handlers<typeof onlineLicenseRoutes> {
  const { records, draw, moments } = market.parts;
  const { applications, subscriptions } = records;
  const { on } = acting(market);

  /** A new application or an earlier one, sent to the seller's server; answers its event. */
  const apply = (id: string, wish: Wish): Promise<Done<string>> =>
    on({ find: () => subscriptions.instance(id), unknown: 'unknown-instance' }, (subscription, now) => {
      const refusal = whyNotApply(subscription, now);
      if (refusal !== undefined) return no(refusal);
      const earlier = wish.eventId === undefined ? undefined : applications.find(wish.eventId);
      if (wish.eventId !== undefined && earlier?.subscription !== subscription.id) return no('unknown-application');
      if (earlier !== undefined && wish.fingerprint !== undefined && wish.fingerprint !== earlier.fingerprint) {
        return no('other-fingerprint');
      }
      const application = earlier ?? {
        eventId: draw.text(32, `application ${subscription.id} ${applications.count(subscription.id) + 1}`),
        fingerprint: wish.fingerprint ?? null,
        ...validityOf(subscription, now),
      };
      const { eventId } = application;
      const call = applicationCall(subscription, application);
      const messages = writeChange(records, { subscription, callbacks: [call] }, moments);
      const message = messages[0]?.id ?? 0;
      if (earlier !== undefined) applications.sent(eventId, message);
      else applications.add({ ...application, subscription: subscription.id, appliedAt: now, message });
      return yes({ messages, value: eventId });
    });

  const ofInstance = (id: string, eventId: string): Application | undefined => {
    const application = applications.find(eventId);
    return application?.subscription === subscriptions.instance(id)?.id ? application : undefined;
  };

  return {
    applyLicense: async ({ params, body }) => {
      const done = await apply(params.id, body ?? {});
      if (!done.ok) return refusalAnswer(done.refusal);
      const application = applications.find(done.value);
      return application === undefined ? refusalAnswer('unknown-application') : ok(view(application));
    },
    instanceLicenses: ({ params, query }) => {
      const instance = subscriptions.instance(params.id);
      if (instance === undefined) return refusalAnswer('unknown-instance');
      return ok(applications.list(instance.id, query.after, query.limit).map(view));
    },
    instanceLicense: ({ params }) => {
      const application = ofInstance(params.id, params.eventId);
      if (application === undefined) return refusalAnswer('unknown-application');
      const content = applications.content(application.eventId);
      const bytes = content === undefined ? undefined : Buffer.from(content);
      const isText = application.kind === 'CHARACTERS';
      return ok({
        ...view(application),
        characters: isText ? (bytes?.toString('utf8') ?? null) : null,
        fileBase64: isText ? null : (bytes?.toString('base64') ?? null),
      });
    },
  };
}

function view(application: Application): z.output<typeof ApplicationView> {
  const { eventId, fingerprint, effectiveTime, expireTime, appliedAt, message, uploads, otherUploads } = application;
  return {
    eventId,
    fingerprint,
    effectiveTime,
    expireTime,
    appliedAt: iso(appliedAt),
    message,
    license: licenseOf(application),
    uploads,
    note:
      otherUploads === 0
        ? null
        : `${otherUploads} of the uploads brought another License: the same application must get the same one, so the first stays.`,
  };
}

function licenseOf({
  kind,
  fileName,
  size,
  sha256,
  uploadedAt,
}: Application): z.output<typeof ApplicationView>['license'] {
  if (kind === null || size === null || sha256 === null || uploadedAt === null) return null;
  return { kind, fileName, size, sha256, uploadedAt: iso(uploadedAt) };
}
