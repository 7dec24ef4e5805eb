import { composeBody } from '@koobridge/contracts';
import type { Handlers } from '@koobridge/ts-rest-koa';
import { ok, refusalAnswer } from '../control/refusal.ts';
import type { Marketplace } from '../marketplace.ts';
import { planProbes } from '../probes/plan.ts';
import { caseId } from './case.ts';
import { composeRequest } from './compose.ts';
import { listingFor } from './listing-for.ts';
import { preview } from './preview.ts';
import type { debuggingRoutes } from './routes.ts';
import { runDraft, runSaved } from './run.ts';
import { caseView, runView } from './views.ts';

export function debuggingHandlers(market: Marketplace): Handlers<typeof debuggingRoutes> {
  const { records } = market.parts;
  const { catalogue, debuggingCases } = records;
  const found = (id: string) => {
    const one = debuggingCases.find(id);
    return one === undefined ? refusalAnswer('unknown-case') : ok(caseView(records, one));
  };

  return {
    debug: async ({ body: { interface: name, members: filled, listing: named, run } }) => {
      const choice = listingFor(name, named, catalogue.products());
      if (!choice.ok) return refusalAnswer(choice.refusal);
      const composed = composeRequest(name, filled);
      if (!composed.ok) return { status: 422, body: { error: composed.error } };
      const { listing } = choice;
      const { members } = composed;
      const draft = { id: caseId(listing, composeBody(members), name), listing, interface: name, members };
      const shown = preview(market.parts, draft);
      if (!shown.ok) return { status: 409, body: { error: shown.error } };
      const about = { listing, preview: shown.curl };
      if (!run) return ok({ ...about, case: null, run: null });
      const ran = await runDraft(market, draft);
      if (!ran.ok) return refusalAnswer(ran.refusal);
      const saved = ran.saved === null ? null : caseView(records, ran.saved);
      return ok({ ...about, case: saved, run: runView(records, ran.message) });
    },
    debuggingCases: ({ query }) =>
      ok(debuggingCases.list(query.listing, query.after, query.limit).map((one) => caseView(records, one))),
    debuggingCase: ({ params }) => found(params.id),
    removeDebuggingCase: ({ params }) =>
      records.transaction(() => {
        const answer = found(params.id);
        debuggingCases.remove(params.id);
        planProbes(records);
        return answer;
      }),
    runDebuggingCase: async ({ params }) => {
      const ran = await runSaved(market, params.id);
      if (!ran.ok) return refusalAnswer(ran.refusal);
      return ok({ case: caseView(records, ran.saved), run: runView(records, ran.message) });
    },
  };
}
