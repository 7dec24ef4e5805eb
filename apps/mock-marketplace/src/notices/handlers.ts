import type { Handlers } from '@koobridge/ts-rest-koa';
import { iso } from '../clock/calendar.ts';
import { ok } from '../control/refusal.ts';
import type { Marketplace } from '../marketplace.ts';
import { storeType } from './notice.ts';
import type { noticeRoutes } from './routes.ts';
import { failedOrdersThisMonth, probeFailureDays, thresholds } from './standing.ts';

export function noticeHandlers({ parts }: Marketplace): Handlers<typeof noticeRoutes> {
  const { catalogue, clock, notices, standings } = parts.records;
  return {
    notices: ({ query }) =>
      ok(
        notices.list(query).map(({ id, at, message, ...rest }) => ({
          ...rest,
          id: String(id),
          at: iso(at),
          storeType: storeType[rest.kind] ?? null,
          messageId: message === null ? null : String(message),
        })),
      ),
    listings: () => {
      const now = clock.now();
      const names = [...new Set(catalogue.products().map(({ listing }) => listing))];
      return ok(
        names.map((listing) => {
          const standing = standings.of(listing);
          return {
            listing,
            sale: catalogue.sale(listing),
            failedOrdersThisMonth: failedOrdersThisMonth(standing, now),
            consecutiveProbeFailureDays: probeFailureDays(standing, now),
            thresholds,
          };
        }),
      );
    },
  };
}
