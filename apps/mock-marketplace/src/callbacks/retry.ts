/**
 * How a failed call is repeated (R22): 60 times, once every 2 minutes of the life-cycle clock, the same for every License
 * activity (`accessg-marketplace/zh-cn_topic_0070649168`; undocumented for UNFREEZE and for the release after an
 * unsubscription, which follow their siblings).
 */
export const retryLimit = 60;
const retryInterval = 2 * 60_000;

/** When the next repetition is due after an attempt at `now`; `undefined` once all are used up. */
export const nextRetry = (retriesDone: number, now: number): number | undefined =>
  retriesDone < retryLimit ? now + retryInterval : undefined;
