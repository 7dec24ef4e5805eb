import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { adminContract, type CallbackView, type EventView, LicenseDetail } from '../../src/admin/contract.ts';
import type { Announcement, Ledger, PlayedLife, StoredSubject } from './history.ts';

/** Asks /admin for everything that a run may have left in the ledger. */
export class LedgerView {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Waits until no event waits any more, at most `ms` milliseconds. */
  async settled(ms: number): Promise<void> {
    for (const begun = performance.now(); performance.now() - begun < ms; await sleep(200)) {
      if ((await this.#get('/events?state=waiting&limit=1', Events))?.events.length === 0) return;
    }
  }

  async read(lives: readonly PlayedLife[]): Promise<Ledger> {
    const [waiting, dead, receipts, subjects] = [
      await this.#events('waiting'),
      await this.#events('dead'),
      await this.#receipts(),
      await this.#subjects(lives),
    ];
    return { waiting, dead, receipts, subjects };
  }

  async #events(state: 'waiting' | 'dead'): Promise<readonly Omit<Announcement, 'body'>[]> {
    const found: z.output<typeof EventView>[] = [];
    for (;;) {
      const after = found.at(-1)?.position ?? 0;
      const page = (await this.#get(`/events?state=${state}&limit=200&after=${after}`, Events))?.events ?? [];
      if (page.length === 0) return found.map(({ id, type, subject }) => ({ id, type, subject }));
      found.push(...page);
    }
  }

  async #receipts(): Promise<Ledger['receipts']> {
    const found: z.output<typeof CallbackView>[] = [];
    for (;;) {
      const before = found.length === 0 ? '' : `&before=${found.at(-1)?.id}`;
      const page = (await this.#get(`/callbacks?limit=200${before}`, Callbacks))?.callbacks ?? [];
      if (page.length === 0) return found.reverse().map(({ nonce, resultCode }) => ({ nonce, resultCode }));
      found.push(...page);
    }
  }

  async #subjects(lives: readonly PlayedLife[]): Promise<Ledger['subjects']> {
    const subjects: Record<string, StoredSubject> = {};
    for (const { life, subject } of lives) {
      if (subject === undefined) continue;
      const path = `/${life.of}s/${encodeURIComponent(subject)}`;
      const stored = await this.#get(path, Stored);
      if (stored === undefined) continue;
      const { status, expiresAt, orderLines } = stored;
      const lines = orderLines.map(({ orderId, orderLineId, scene, expiresAt: brought }) => ({
        orderId,
        orderLineId,
        scene,
        expiresAt: brought,
      }));
      subjects[subject] = { status, expiresAt, orderLines: lines };
    }
    return subjects;
  }

  /** Undefined for what is not there. */
  async #get<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const response = await fetch(`${this.#url}/admin${path}`, { headers: { Authorization: `Bearer ${this.#token}` } });
    if (response.status === 404) return undefined;
    return schema.parse(await response.json());
  }
}

const Events = adminContract.events.responses[200];
const Callbacks = adminContract.callbacks.responses[200];
/** What the details of a license and of an instance have in common. */
const Stored = LicenseDetail.pick({ status: true, expiresAt: true, orderLines: true });
