import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KeyRings, resultCode } from '@koobridge/contracts';
import { exchange } from './exchange.ts';
import type { Answer, Attempt, PlayedLife, What } from './history.ts';
import type { Life, Operation } from './lives.ts';
import type { Manner, Place, Plan } from './plan.ts';
import { messageOf, type SignedRequest, signed } from './request.ts';
import type { Servers } from './servers.ts';

export interface SenderNeed {
  readonly plan: Plan;
  readonly servers: Servers;
  readonly keys: KeyRings;
  /** No new life is begun from then on. */
  readonly enough: AbortSignal;
  /** Nothing is tried any more from then on. */
  readonly over: AbortSignal;
}

/** Beyond this a token might be out of its window before it arrives (R2). */
const staleMs = 30_000;

/** Plays life after life as the store would: each operation is repeated, with a fresh token, until it is answered. */
export async function send(sender: number, need: SenderNeed, history: PlayedLife[]): Promise<void> {
  for (let index = 0; !need.enough.aborted; index += 1) {
    const played = new Playing(need, need.plan.life(sender, index), { sender, life: index });
    history.push(played);
    await played.play();
  }
}

class Playing implements PlayedLife {
  readonly life: Life;
  readonly attempts: Attempt[] = [];
  subject: string | undefined;
  finished = false;
  readonly #need: SenderNeed;
  readonly #place: Pick<Place, 'sender' | 'life'>;
  #stamp = 0;
  #calls = 0;

  constructor(need: SenderNeed, life: Life, place: Pick<Place, 'sender' | 'life'>) {
    this.#need = need;
    this.life = life;
    this.#place = place;
    this.subject = life.of === 'license' ? life.name : undefined;
  }

  async play(): Promise<void> {
    for (const [step, operations] of this.life.steps.entries()) {
      const answered = await Promise.all(operations.map((operation, at) => this.#perform(operation, step, at)));
      if (answered.includes(false)) return;
    }
    this.finished = true;
  }

  /** Whether it was answered. */
  async #perform(operation: Operation, step: number, at: number): Promise<boolean> {
    const { plan, servers, over } = this.#need;
    const place = { ...this.#place, step, operation: at };
    for (let attempt = 0; !over.aborted; attempt += 1) {
      const manner = plan.manner({ ...place, attempt });
      await sleep(manner.pauseMs);
      await servers.whenOneListens();
      if (manner.forged) await this.#call(operation, place, manner, 'forged');
      const stale = this.#sign(opposite(operation), place); // overtaken by what follows
      const request = this.#sign(operation, place);
      const calls = [this.#try(request, place, manner, 'call')];
      if (manner.twice) calls.push(this.#call(operation, place, { ...manner, how: 'whole' }, 'call'));
      const answer = (await Promise.all(calls)).find((each) => each !== undefined && isFinal(each));
      if (answer === undefined) continue;
      this.subject ??= answer.instanceId;
      if (this.subject === undefined) return false;
      await this.#afterwards(operation, place, manner, { request, stale, answer });
      return true;
    }
    return false;
  }

  async #afterwards(
    operation: Operation,
    place: Omit<Place, 'attempt'>,
    manner: Manner,
    { request, stale, answer }: { request: SignedRequest; stale: SignedRequest; answer: Answer },
  ): Promise<void> {
    const due = this.#need.plan.aftermath(place);
    const whole: Manner = { ...manner, how: 'whole' };
    if (due.replay) await this.#try(request, place, whole, 'replay');
    if (due.repeat) await this.#call(operation, place, whole, 'repeat');
    const isDone = answer.resultCode === resultCode.success;
    if (due.conflict && isDone && operation.kind === 'refresh') {
      const other = { ...operation, expiresAt: operation.expiresAt + 86_400_000 };
      await this.#call(other, place, whole, 'conflict');
    }
    const isFresh = Date.now() - stale.timestamp < staleMs;
    if (due.stale && isDone && isFresh && operation.kind === 'status' && !this.#isReleased(place.step))
      await this.#try(stale, place, whole, 'stale');
  }

  /** Whether it may have been released in this step or before. */
  #isReleased(step: number): boolean {
    return this.life.steps.slice(0, step + 1).some((operations) => operations.some(({ kind }) => kind === 'release'));
  }

  #call(operation: Operation, place: Omit<Place, 'attempt'>, manner: Manner, what: What): Promise<Answer | undefined> {
    return this.#try(this.#sign(operation, place, what === 'forged'), place, manner, what);
  }

  #sign(operation: Operation, { sender, life }: Omit<Place, 'attempt'>, forged = false): SignedRequest {
    this.#calls += 1;
    // Never twice the same, so that of two changes of the status one is the later (R17).
    this.#stamp = Math.max(Date.now(), this.#stamp + 1);
    const businessId = `${this.life.name}-b${this.#calls}`;
    const message = messageOf(operation, this.life.of, this.subject ?? '', businessId);
    const nonce = `${sender}.${life}.${this.#calls}.${randomUUID()}`;
    return signed(message, this.#need.keys, { nonce, timestamp: this.#stamp, forged });
  }

  async #try(
    request: SignedRequest,
    { step, operation }: Omit<Place, 'attempt'>,
    { how, ms, replica: share }: Manner,
    what: What,
  ): Promise<Answer | undefined> {
    const { servers } = this.#need;
    const replica = Math.floor(share * servers.count);
    const url = servers.url(replica);
    if (url === undefined) return undefined; // nobody listens, and its port may be another's by now
    const from = performance.now();
    const answer = await exchange(url, request, { how, ms });
    const { nonce } = request;
    const attempt = { step, operation, what, how, replica, nonce, from, to: performance.now() };
    this.attempts.push(answer === undefined ? attempt : { ...attempt, answer });
    if (answer !== undefined) servers.answered(replica);
    return answer;
  }
}

const isFinal = ({ status, resultCode: code }: Answer): boolean => status === 200 && code !== resultCode.internalError;

const opposite = (operation: Operation): Operation =>
  operation.kind === 'status'
    ? { kind: 'status', status: operation.status === 'FREEZE' ? 'UNFREEZE' : 'FREEZE' }
    : operation;
