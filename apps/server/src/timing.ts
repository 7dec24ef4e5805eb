/** Every limit of real time that the server keeps, in milliseconds. A test may shorten them. */
export interface Timing {
  /** The stricter of the two documented limits for an answer (R9), less what it takes to travel. */
  readonly answerMs: number;
  /** A body must have arrived by then, so that there is time left to answer (R9). */
  readonly bodyMs: number;
  /** How long the head of a request may take, from its first byte or from the connection on. */
  readonly headersMs: number;
  /** How long a whole request may take, bodies of other paths included. */
  readonly requestMs: number;
  /** How long a connection stays open after an answer. */
  readonly keepAliveMs: number;
  /** How long a connection may do nothing at all, such as a client that does not read its answer. */
  readonly inactiveMs: number;
  /** How long GET /readyz waits for the ledger. */
  readonly readinessMs: number;
  /** How long one of the store's open APIs may take. */
  readonly storeMs: number;
  /** How long the seller's answering handlers may take, the store's data they need included. */
  readonly factsMs: number;
  readonly confirmationPauseMs: number;
  readonly pruningPauseMs: number;
  /** How often the outbox is looked through for events whose pause is over; a new one is found at once. */
  readonly outboxPauseMs: number;
  /** How long the receiver of events may take for one. */
  readonly webhookMs: number;
  /** How long a provisioning handler may take for one event. */
  readonly handlerMs: number;
  /** How long requests under way may take when the server stops. */
  readonly graceMs: number;
  /** How long after that what runs in the background may take to write down where it stopped. */
  readonly endingMs: number;
  /** How long a locked ledger is waited for then; together they stay below 5 seconds. */
  readonly drainMs: number;
  /** How long the last lines of the log may take to be written. */
  readonly logMs: number;
}

export const timing: Timing = {
  answerMs: 4_500,
  bodyMs: 4_000,
  headersMs: 10_000,
  requestMs: 15_000,
  keepAliveMs: 5_000,
  inactiveMs: 30_000,
  readinessMs: 1_000,
  storeMs: 10_000,
  factsMs: 3_000,
  confirmationPauseMs: 1_000,
  pruningPauseMs: 60 * 60_000,
  outboxPauseMs: 1_000,
  webhookMs: 15_000,
  handlerMs: 60_000,
  graceMs: 3_300,
  endingMs: 200,
  drainMs: 500,
  logMs: 200,
};
