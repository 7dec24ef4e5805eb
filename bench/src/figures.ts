import type { Figure } from './results.ts';

/** What one figure is, and what it has to reach. */
export interface Rule {
  readonly en: string;
  readonly zh: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** More than has to be reached. */
  readonly aim?: number;
}

/** Every figure of the bench, in the order in which they are shown. */
export const rules = {
  durable_vs_bare_koa: {
    en: 'verified, validated, durable callbacks on SQLite ÷ bare Koa reading the same body',
    zh: 'SQLite 上验签、校验并落盘的回调 ÷ 只读取同一请求体的裸 Koa',
    atLeast: 0.35,
    aim: 0.5,
  },
  durable_vs_no_database: {
    en: 'the same ÷ the same server with its ledger left out',
    zh: '同上 ÷ 去掉账本的同一服务',
    atLeast: 0.6,
  },
  durable_vs_naive: {
    en: 'the same ÷ a hand-written Koa server with a commit per request',
    zh: '同上 ÷ 每个请求提交一次的手写 Koa 服务',
    atLeast: 5,
  },
  p99_ms: {
    en: '99 of 100 answers within, each connection asking again at once (SQLite, ms)',
    zh: '99% 的应答不超过（每个连接收到应答后立即再发；SQLite，毫秒）',
    atMost: 20,
  },
  p99_ms_at_70_percent: {
    en: 'the same at a fixed 70 % of that rate, counted from when each request was due (ms)',
    zh: '同上，固定为该速率的 70%，自请求应发出时起算（毫秒）',
  },
  postgres_vs_bare_koa: {
    en: 'durable callbacks on PostgreSQL, on the same two cores ÷ bare Koa',
    zh: 'PostgreSQL（同在两个核上）上落盘的回调 ÷ 裸 Koa',
  },
  postgres_vs_naive: {
    en: 'the same ÷ a hand-written Koa server with a transaction per request',
    zh: '同上 ÷ 每个请求一个事务的手写 Koa 服务',
    atLeast: 3,
  },
  verify_vs_stripe: {
    en: 'time to verify a token ÷ stripe-node’s `constructEvent`, same body',
    zh: '校验一个令牌的时间 ÷ stripe-node 的 `constructEvent`，请求体相同',
    atMost: 1,
  },
  rss_growth: {
    en: 'memory after a million callbacks, each about a code of its own ÷ after 100,000',
    zh: '处理一百万个授权码的一百万次回调后的内存 ÷ 十万次后',
    atMost: 1.25,
  },
  license_reads_vs_bare_koa: {
    en: '`GET /admin/licenses/{code}` among a million codes ÷ bare Koa answering such a JSON',
    zh: '在一百万个授权码中 `GET /admin/licenses/{code}` ÷ 应答同样 JSON 的裸 Koa',
    atLeast: 0.5,
  },
  growth_10k_to_1m: {
    en: 'durable callbacks with 1,000,000 codes stored ÷ with 10,000',
    zh: '已存一百万个授权码时的回调 ÷ 已存一万个时',
    atLeast: 0.8,
  },
  bare_koa_vs_itself: {
    en: 'bare Koa ÷ bare Koa, measured twice: the noise of the machine',
    zh: '裸 Koa 测两遍之比：机器的噪声',
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type FigureName = keyof typeof rules;
export const figureNames = Object.keys(rules) as FigureName[]; // the keys of a literal are exactly its type's

/** Whether a figure reaches what it has to; undefined where nothing has to be reached. */
export function isMet(name: FigureName, { value }: Figure): boolean | undefined {
  const { atLeast, atMost }: Rule = rules[name];
  if (atLeast !== undefined) return value >= atLeast;
  return atMost === undefined ? undefined : value <= atMost;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
};

/** The median, and the lowest and highest. */
export const figureOf = (values: readonly number[]): Figure => ({
  value: round(median(values)),
  spread: [round(Math.min(...values)), round(Math.max(...values))],
});

/** Round for round, because the machine changes from one to the next. */
export const ratios = (over: readonly number[], under: readonly number[]): Figure =>
  figureOf(over.map((value, index) => value / (under[index] ?? Number.NaN)));

const round = (value: number): number => Number(value.toPrecision(4));
