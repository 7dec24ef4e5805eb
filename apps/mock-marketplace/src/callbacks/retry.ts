/** How a failed call is repeated (R22). Instants and durations are milliseconds of the life-cycle clock. */

const minute = 60_000;
const hour = 60 * minute;

export interface RetryPlan {
  /** How often a call that fails is repeated, and after how long each time. */
  readonly repeats: number;
  readonly every: number;
  /** How long after the first call the order behind it has failed and is unsubscribed, unless it succeeded. */
  readonly failsOrderAfter?: number;
  /** The page that states it. */
  readonly source: string;
  /** What no page states, and which sibling is followed instead. */
  readonly assumed?: string;
}

const saas = 'accessg-marketplace/zh-cn_topic_0070649414';
const online = 'accessg-marketplace/zh-cn_topic_0070649282';

export const retryPlans = {
  /** refreshLicenseCode, updateLicenseCodeStatus, releaseLicenseCode. */
  'license-code': {
    repeats: 60,
    every: 2 * minute,
    source: 'accessg-marketplace/zh-cn_topic_0070649168',
    assumed: 'UNFREEZE and the release after an unsubscription follow the other status changes and releases',
  },
  /** newInstance of a SaaS product. */
  'saas-create': { repeats: 3, every: hour, failsOrderAfter: 3 * hour, source: saas },
  /** upgradeInstance. */
  'saas-upgrade': {
    repeats: 3,
    every: hour,
    failsOrderAfter: 3 * hour,
    source: saas,
    assumed: 'once per hour, as a create',
  },
  /** refreshInstance, updateInstanceStatus and releaseInstance of a SaaS product. */
  'saas-update': {
    repeats: 1,
    every: hour,
    source: saas,
    assumed:
      'one hour is stated for a status change; updates and releases follow it, as in V1.0; once per hour, as a create',
  },
  /** queryInstance after a create, until the instance is there. */
  'instance-query': {
    repeats: 90,
    every: 2 * minute,
    source: saas,
    assumed: 'every 2 minutes, for the 3 hours of a create',
  },
  /** newInstance of an online License; two pages' words are both kept: calls for 2 hours, the order fails after 3. */
  'online-create': { repeats: 60, every: 2 * minute, failsOrderAfter: 3 * hour, source: online },
  /** refreshInstance, updateInstanceStatus, releaseInstance and getLicenseAsync of an online License. */
  'online-update': {
    repeats: 60,
    every: 2 * minute,
    source: online,
    assumed: 'every 2 minutes, as a create; releases and applications follow updates',
  },
  /** orderNotify. */
  'order-notice': {
    repeats: 3,
    every: hour,
    source: 'accessg-marketplace/zh-cn_topic_0000002091799149',
    assumed: 'once per hour, as a create',
  },
  /** The Kit interfaces: five calls in all. */
  kit: {
    repeats: 4,
    every: 2 * minute,
    source: 'usermanual-saascenter/saascenter_usermanual_0169',
    assumed: 'every 2 minutes, as an online License',
  },
  /** What is asked while somebody waits for the answer: a change check, the buyer's look at a resource, a debugging call. */
  once: { repeats: 0, every: 0, source: saas },
} as const satisfies Readonly<Record<string, RetryPlan>>;

export type RetryPlanName = keyof typeof retryPlans;

const planNames = Object.keys(retryPlans) as [RetryPlanName, ...RetryPlanName[]]; // the keys of a literal are exactly its type's
export const RetryPlanNames: readonly [RetryPlanName, ...RetryPlanName[]] = planNames;

export const retryPlan = (name: RetryPlanName): RetryPlan => retryPlans[name];

/** When the next repetition is due after an attempt at `now`; `undefined` once all are used up. */
export function nextRetry(name: RetryPlanName, retriesDone: number, now: number): number | undefined {
  const { repeats, every } = retryPlan(name);
  return retriesDone < repeats ? now + every : undefined;
}
