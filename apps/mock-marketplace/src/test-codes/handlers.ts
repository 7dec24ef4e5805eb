import type { Handlers } from '@koobridge/ts-rest-koa';
import type * as z from 'zod';
import { iso, isoOrNull, latestInstant } from '../clock/calendar.ts';
import { ok, refusalAnswer } from '../control/refusal.ts';
import { acting, no, yes } from '../control/turn.ts';
import type { Marketplace } from '../marketplace.ts';
import type { TestCodeView, testCodeRoutes } from './routes.ts';
import { type TestCode, testCodeExpiresAt } from './test-code.ts';

export function testCodeHandlers(market: Marketplace): Handlers<typeof testCodeRoutes> {
  const { records, draw } = market.parts;
  const { testCodes, clock } = records;
  const { inTurn } = acting(market);

  /** Saves codes, unless one would end behind the calendar. */
  const save = (decide: () => readonly TestCode[] | undefined) =>
    inTurn(() => {
      const codes = decide();
      if (codes === undefined) return no('unknown-test-code');
      if (codes.some((code) => testCodeExpiresAt(code) > latestInstant)) return no('too-late');
      for (const code of codes) testCodes.save(code);
      return yes({ messages: [], value: codes });
    });

  return {
    applyTestCodes: async ({ body }) => {
      const { validity = 'P30D', count = 1 } = body ?? {};
      const done = await save(() => {
        const now = clock.now();
        const number = testCodes.nextNumber();
        return Array.from({ length: count }, (_, index) => ({
          code: `TEST${draw.text(14, `test code ${number + index}`)}`,
          validity,
          appliedAt: now,
          startsAt: now,
          activatedAt: null,
          checkedAt: null,
        }));
      });
      return done.ok ? ok(done.value.map(view)) : refusalAnswer(done.refusal);
    },
    testCodes: ({ query }) => ok(testCodes.list(query.after, query.limit).map(view)),
    testCode: ({ params }) => {
      const code = testCodes.find(params.code);
      return code === undefined ? refusalAnswer('unknown-test-code') : ok(view(code));
    },
    editTestCode: async ({ params, body }) => {
      const done = await save(() => {
        const code = testCodes.find(params.code);
        return code === undefined ? undefined : [{ ...code, validity: body.validity }];
      });
      const [code] = done.ok ? done.value : [];
      if (!done.ok) return refusalAnswer(done.refusal);
      return code === undefined ? refusalAnswer('unknown-test-code') : ok(view(code));
    },
  };
}

function view(code: TestCode): z.output<typeof TestCodeView> {
  const { validity, appliedAt, activatedAt, checkedAt } = code;
  return {
    code: code.code,
    validity,
    appliedAt: iso(appliedAt),
    expiresAt: iso(testCodeExpiresAt(code)),
    activated: activatedAt !== null,
    activatedAt: isoOrNull(activatedAt),
    checked: checkedAt !== null,
    checkedAt: isoOrNull(checkedAt),
  };
}
