import { clause } from '../clauses.ts';
import type { SuiteReport } from '../run/suite.ts';
import type { Result } from '../run/verdict.ts';
import { version } from '../version.ts';
import { curlOf, signOf } from './reproduce.ts';

/** The report as JSON, as `report.schema.json` of this package describes it; texts in every language. */
export function jsonReport(report: SuiteReport): string {
  const { address, seed, strict, startedAt, ms, preflights, stopped, results, counts, exitCode } = report;
  const document = {
    schema: 1,
    suite: { name: '@koobridge/conformance', version },
    address,
    seed,
    strict,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(ms),
    exitCode,
    stopped,
    counts,
    preflights: preflights.map(({ profile, preflight }) =>
      preflight.ok
        ? { profile, ok: true, clockSkewMs: preflight.clockSkewMs ?? null, adopts: preflight.adopts }
        : { profile, ok: false, reason: preflight.reason },
    ),
    results: results.map((result) => resultOf(result, address)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function resultOf({ case: each, verdict, ms, deviation, reason, request, ledger }: Result, address: string) {
  const { id, profile, family, level, requirement, why, mistake } = each;
  return {
    id,
    profile,
    family,
    level,
    clause: clause(each.clause),
    requirement,
    why,
    ...(mistake === undefined ? {} : { mistake }),
    verdict,
    durationMs: Math.round(ms),
    ...(deviation ?? {}),
    ...(reason === undefined ? {} : { reason }),
    ...(ledger === undefined ? {} : { ledger }),
    ...(request === undefined ? {} : { curl: curlOf(request) ?? null, sign: signOf(request, address) ?? null }),
  };
}
