import type { Handlers } from '@koobridge/ts-rest-koa';
import type * as z from 'zod';
import { iso } from '../clock/calendar.ts';
import { ok } from '../control/refusal.ts';
import type { Marketplace } from '../marketplace.ts';
import type { HostilityView, hostilityRoutes } from './routes.ts';

export function hostilityHandlers({ parts, turns }: Marketplace): Handlers<typeof hostilityRoutes> {
  const { hostility, seed } = parts.records;
  const view = (): z.output<typeof HostilityView> => ({
    profile: hostility.profile(),
    seed: seed(),
    tried: hostility.tried(),
    findings: hostility.findings().map(({ kind, message, at, reason, curl }) => ({
      kind,
      message: String(message),
      at: iso(at),
      reason,
      curl,
    })),
  });
  return {
    hostility: () => ok(view()),
    setHostility: ({ body }) =>
      turns.take(async () => {
        hostility.setProfile(body.profile);
        return ok(view());
      }),
  };
}
