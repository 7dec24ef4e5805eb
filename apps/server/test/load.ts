import { setTimeout as sleep } from 'node:timers/promises';
import { composeBody } from '@koobridge/contracts';
import { expect } from 'vitest';
import { type Message, renewal } from './callbacks.ts';
import { readLedger } from './ledger-content.ts';
import type { Store } from './store.ts';

interface Sent {
  readonly message: Message;
  /** The nonces of the attempts that were answered 000000. */
  readonly answered: readonly string[];
}

/**
 * Renewals of many senders, with what each got answered. A message without an answer, or answered `000005`, is repeated
 * with a fresh token, as the store does.
 */
export class Load {
  readonly sent: Sent[] = [];
  /** Answers other than those two. */
  readonly unexpected: string[] = [];
  /** How many were answered 000005. */
  refused = 0;
  /** The longest that an answer took, in milliseconds. */
  slowest = 0;
  #running = true;

  stop(): void {
    this.#running = false;
  }

  /** How many were answered 000000. */
  get acknowledged(): number {
    return this.sent.reduce((sum, { answered }) => sum + answered.length, 0);
  }

  async send(store: Store, sender: number): Promise<void> {
    for (let index = 0; this.#running; index += 1) {
      const message = renewal(`PL-${sender}-${index % 3}`, `${2027 + (index % 50)}0101000000`);
      const answered: string[] = [];
      this.sent.push({ message, answered });
      const repeats = index % 4 === 0 ? 2 : 1;
      while (this.#running && answered.length < repeats) {
        const nonce = `s${sender}-${index}-${Math.random()}`;
        const begun = performance.now();
        const answer = await store.send(composeBody(message), { nonce }).catch(() => undefined);
        if (answer === undefined) await sleep(5);
        else {
          this.slowest = Math.max(this.slowest, performance.now() - begun);
          if (answer.resultCode === '000000') answered.push(nonce);
          else if (answer.resultCode === '000005') this.refused += 1;
          else this.unexpected.push(answer.text);
        }
      }
    }
  }

  /** Whatever was answered 000000 is there, and nothing twice. */
  async expectKept(database: string): Promise<void> {
    const { receipts, orderLines, licenses } = await readLedger(database);
    expect(this.unexpected).toEqual([]);
    const answered = this.sent.flatMap(({ answered }) => answered);
    const nonces = new Set(receipts.map(({ nonce }) => nonce));
    expect(nonces.size).toBe(receipts.length);
    expect(answered.filter((nonce) => !nonces.has(nonce))).toEqual([]);

    // The primary key would not let a line in twice; that it took effect once is what the revisions tell.
    const lines = new Set(orderLines.map(({ order_id }) => order_id));
    const acknowledged = this.sent.filter(({ answered }) => answered.length > 0);
    expect(acknowledged.filter(({ message }) => !lines.has(String(message['orderId'])))).toEqual([]);
    for (const { code, revision, expires_at } of licenses) {
      const own = orderLines.filter(({ subject }) => subject === code);
      expect({ code, revision, expires_at }).toEqual({
        code,
        revision: own.length,
        expires_at: Math.max(...own.map((line) => line.expires_at ?? 0)),
      });
    }
  }
}
