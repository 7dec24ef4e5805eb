import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { startSeller } from '../seller.ts';

const read = (name: string) => readFileSync(new URL(`../../../../docs/observability/${name}`, import.meta.url), 'utf8');

const Alerts = z.strictObject({
  groups: z.tuple([
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Koobridge[A-Za-z]+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smhd]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ]),
});
const Target = z.object({ expr: z.string(), legendFormat: z.string(), refId: z.string() });
const Panel = z.object({ id: z.number(), title: z.string(), type: z.string(), targets: z.array(Target).default([]) });
const Dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.number(),
  panels: z.array(Panel),
  templating: z.object({ list: z.array(z.object({ name: z.string() })) }),
});

const { rules } = Alerts.parse(parse(read('alerts.yaml'))).groups[0];
const dashboard = Dashboard.parse(JSON.parse(read('dashboard.json')));
const asked = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** What Prometheus itself adds to a sample. */
const ofPrometheus = ['job', 'instance'];

/** The selectors of an expression: a metric with the labels that are asked of it. */
const selectors = (expr: string) =>
  [...expr.matchAll(/\b((?:koobridge|nodejs|process)_\w+|up)\b(?:\{([^}]*)\})?/g)].map(
    ([, name = '', labels = '']) => ({
      name,
      labels: [...labels.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = '']) => label),
    }),
  );

/** Every series of a running server: its name, and the names of its labels. */
async function series(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { get, store } = await startSeller();
  await store.send({ activity: 'releaseLicenseCode', license: 'PL-1', testFlag: '0' });
  const found = new Map<string, Set<string>>();
  for (const line of (await (await get('/metrics')).text()).split('\n')) {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (name === undefined) continue;
    const names = found.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) names.add(label);
    found.set(name, names);
  }
  for (const type of (await (await get('/metrics')).text()).matchAll(/^# TYPE (\w+) (?:counter|gauge)$/gm)) {
    // A counter of which nothing has happened yet has no series, but its labels are in the source.
    const [, name = ''] = type;
    if (!found.has(name)) found.set(name, new Set(declared[name] ?? []));
  }
  return found;
}

/** Labels of counters that have no series until something happens. */
const declared: Readonly<Record<string, readonly string[]>> = {
  koobridge_confirmations_total: ['outcome'],
  koobridge_answering_failures_total: ['handler'],
  koobridge_outbox_deliveries_total: ['channel', 'outcome'],
  koobridge_stray_errors_total: ['kind'],
};

describe('the dashboard and the alert rules', () => {
  test('ask only for metrics and labels that the server has, and for each of its own', async () => {
    const found = await series();
    const used = new Set<string>();
    for (const [where, expr] of asked) {
      const all = selectors(expr);
      expect([where, all.length]).not.toEqual([where, 0]);
      for (const { name, labels } of all) {
        used.add(name);
        if (name === 'up') continue;
        expect([where, name, found.has(name)]).toEqual([where, name, true]);
        for (const label of labels.filter((each) => !ofPrometheus.includes(each))) {
          expect([where, name, [...(found.get(name) ?? [])]]).toEqual([where, name, expect.arrayContaining([label])]);
        }
      }
      const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
      const labels = new Set(all.flatMap(({ name }) => [...(found.get(name) ?? [])]));
      for (const label of grouped) expect([where, [...labels]]).toEqual([where, expect.arrayContaining([label])]);
    }
    const own = [...found.keys()].filter((name) => name.startsWith('koobridge_'));
    const base = (name: string) => name.replace(/_(bucket|sum|count)$/, '');
    const usedBases = new Set([...used].map(base));
    expect(own.filter((name) => !usedBases.has(base(name)))).toEqual([]);
  });

  test('have balanced expressions, names that occur once, and what an import needs', () => {
    for (const [where, expr] of asked) {
      for (const pair of ['()', '{}', '[]']) {
        const [opened, closed] = pair.split('').map((each) => expr.split(each).length);
        expect([where, opened]).toEqual([where, closed]);
      }
      expect([where, expr.split('"').length % 2]).toEqual([where, 1]);
      // A range only behind what counts up, and always where there is a rate.
      expect([where, expr.match(/\b(rate|increase)\(/g)?.length ?? 0]).toEqual([where, expr.match(/\[/g)?.length ?? 0]);
    }
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'job']);
  });

  test('are explained: every alert has its row in docs/operations.md', () => {
    const operations = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    expect(rules.filter(({ alert }) => !operations.includes(`\`${alert}\``)).map(({ alert }) => alert)).toEqual([]);
  });
});
