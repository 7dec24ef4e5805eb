import type { Handlers } from '@koobridge/ts-rest-koa';
import * as z from 'zod';
import type { Actions } from '../control/actions.ts';
import { ok, refusalAnswer } from '../control/refusal.ts';
import type { Done, Who } from '../control/turn.ts';
import type { Marketplace } from '../marketplace.ts';
import type { subscriptionRoutes } from './routes.ts';
import { lineOf, type Subscription } from './subscription.ts';
import { instanceView, licenseView } from './views.ts';

export function subscriptionHandlers({ parts }: Marketplace, act: Actions): Handlers<typeof subscriptionRoutes> {
  const { records, moments } = parts;
  const { clock, subscriptions, messages, attempts } = records;

  const shown = (license: Subscription) =>
    licenseView(license, clock.now(), moments, subscriptions.usageReports(license.id));
  const shownInstance = (instance: Subscription) => instanceView(instance, clock.now(), moments);
  const license = (code: string) => found(act.license(code), shown);
  const instance = (id: string) => found(act.instance(id), shownInstance);
  const then = async <View>(acted: Promise<Done<undefined>>, view: () => View) => {
    const done = await acted;
    return done.ok ? view() : refusalAnswer(done.refusal);
  };

  return {
    licenses: ({ query }) => ok(subscriptions.list(['LICENSE_CODE'], query.after, query.limit).map(shown)),
    license: ({ params }) => license(params.code),
    claim: ({ params }) => then(act.claim(act.license(params.code)), () => license(params.code)),
    renew: async ({ params, body }) => placed(await act.renew(act.license(params.code), body ?? {})),
    cancelRenewal: async ({ params }) => placed(await act.cancelRenewal(act.license(params.code))),
    unsubscribe: async ({ params, body }) =>
      placed(await act.unsubscribe(act.license(params.code), body?.approval ?? 'automatic')),
    autoRenew: ({ params, body }) => then(act.autoRenew(act.license(params.code), body.on), () => license(params.code)),
    freeze: ({ params }) => then(act.freeze(act.license(params.code)), () => license(params.code)),
    unfreeze: ({ params }) => then(act.unfreeze(act.license(params.code)), () => license(params.code)),

    instances: ({ query }) =>
      ok(subscriptions.list(['SAAS', 'ONLINE_LICENSE'], query.after, query.limit).map(shownInstance)),
    instance: ({ params }) => instance(params.id),
    look: async ({ params }) => {
      const done = await act.look(act.instance(params.id));
      if (!done.ok) return refusalAnswer(done.refusal);
      const [attempt] = attempts.of(done.value);
      const succeeded = messages.find(done.value)?.status === 'SUCCEEDED';
      const url = succeeded ? frontEndUrl(attempt?.answer ?? null) : null;
      return ok({ succeeded, reason: attempt?.reason ?? null, frontEndUrl: url });
    },
    renewInstance: async ({ params, body }) => placed(await act.renew(act.instance(params.id), body ?? {})),
    cancelInstanceRenewal: async ({ params }) => placed(await act.cancelRenewal(act.instance(params.id))),
    unsubscribeInstance: async ({ params, body }) =>
      placed(await act.unsubscribe(act.instance(params.id), body?.approval ?? 'automatic')),
    toFormal: async ({ params, body }) => placed(await act.toFormal(act.instance(params.id), body ?? {})),
    upgrade: async ({ params, body }) => placed(await act.upgrade(act.instance(params.id), body)),
    autoRenewInstance: ({ params, body }) =>
      then(act.autoRenew(act.instance(params.id), body.on), () => instance(params.id)),
    freezeInstance: ({ params }) => then(act.freeze(act.instance(params.id)), () => instance(params.id)),
    unfreezeInstance: ({ params }) => then(act.unfreeze(act.instance(params.id)), () => instance(params.id)),
  };
}

function found<View>({ find, unknown }: Who, view: (subscription: Subscription) => View) {
  const subscription = find();
  return subscription === undefined ? refusalAnswer(unknown) : ok(view(subscription));
}

const placed = (done: Done<string>) =>
  done.ok ? ok({ orderId: done.value, orderLineId: lineOf(done.value) }) : refusalAnswer(done.refusal);

const Told = z.looseObject({
  info: z.array(z.looseObject({ appInfo: z.looseObject({ frontEndUrl: z.string() }).nullish() })),
});

/** Where the buyer finds the instance, from what was kept of the seller's answer. */
function frontEndUrl(answer: string | null): string | null {
  try {
    return Told.parse(JSON.parse(answer ?? '')).info[0]?.appInfo?.frontEndUrl ?? null;
  } catch {
    return null;
  }
}
