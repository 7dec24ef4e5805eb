import type { OrderInfo, TargetProduct, UsageInfo } from '@koobridge/contracts';
import type { Logger } from 'pino';
import type * as z from 'zod';
import type {
  AnsweringHandlers,
  Asking,
  ChangeVerdict,
  CreateVerdict,
  PurchaseQuestion,
} from '../handlers/handlers.ts';
import { UsableChangeVerdict, UsableCreateVerdict, UsableUsage } from '../handlers/usable.ts';
import type { StoreClient } from '../store/client.ts';

/** What a decision needs to know that neither the call nor the ledger tells. */
export interface Facts {
  readonly create: CreateVerdict;
  /** By instance id. */
  readonly usage: ReadonlyMap<string, readonly UsageInfo[]>;
  /** Undefined where nobody gave a usable answer. */
  readonly change: ChangeVerdict | undefined;
}

/** What holds where the seller has no handler: purchases are taken, changes are possible, and there is no usage. */
export const noFacts: Facts = { create: { accept: true }, usage: new Map(), change: { possible: true } };

/** Asks the seller's answering handlers, each question within the time limit. A question is absent where there is nobody to ask. */
export interface FactFinder {
  readonly create?: (question: Omit<PurchaseQuestion, 'order'>) => Promise<Facts>;
  readonly usage?: (instanceIds: readonly string[]) => Promise<Facts>;
  readonly change?: (instanceId: string, productInfo: readonly TargetProduct[]) => Promise<Facts>;
}

export interface FactsNeed {
  readonly handlers: AnsweringHandlers;
  /** Absent where the seller gave no credentials for the store. */
  readonly store: StoreClient | undefined;
  /** How long a question may take, in milliseconds; the store's data may take half of it. */
  readonly limitMs: number;
  readonly log: Logger;
  /** Counts a handler that gave no usable answer. */
  readonly failed: (handler: string) => void;
}

export function factFinder({ handlers, store, limitMs, log, failed }: FactsNeed): FactFinder {
  /** The handler's answer; undefined, and a line in the log, where it gave none in time or none that is usable. */
  const ask = async <S extends z.ZodType>(
    name: string,
    schema: S,
    handler: (asking: Asking) => unknown,
  ): Promise<z.output<S> | undefined> => {
    const signal = AbortSignal.timeout(limitMs);
    try {
      const parsed = schema.safeParse(await Promise.race([handler({ signal }), aborted(signal)]));
      if (parsed.success) return parsed.data;
      const members = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
      log.error({ handler: name }, `the handler’s answer is not usable: ${members || 'it is of another type'}`);
    } catch (error) {
      log.error({ handler: name, err: error }, 'the handler gave no answer');
    }
    failed(name);
    return undefined;
  };

  const orderOf = async ({ orderId, orderLineId }: Omit<PurchaseQuestion, 'order'>, signal: AbortSignal) => {
    // Half the time, so that a store that hangs does not keep the handler from being asked.
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(limitMs / 2)]);
    const answer = await store?.queryOrder(orderId, orderLineId, inTime);
    return answer?.ok ? answer.order : null;
  };

  const { admitCreate, usage, checkChange } = handlers;
  return {
    ...(admitCreate && {
      async create(question) {
        const verdict = await ask('answering.admitCreate', UsableCreateVerdict, async (asking) => {
          const order: OrderInfo | null = await orderOf(question, asking.signal);
          return admitCreate({ ...question, order }, asking);
        });
        return { ...noFacts, create: verdict ?? noFacts.create };
      },
    }),
    ...(usage && {
      async usage(instanceIds) {
        const told = await ask('answering.usage', UsableUsage, (asking) => usage({ instanceIds }, asking));
        return { ...noFacts, usage: new Map(Object.entries(told ?? {})) };
      },
    }),
    ...(checkChange && {
      async change(instanceId, productInfo) {
        const change = await ask('answering.checkChange', UsableChangeVerdict, (asking) =>
          checkChange({ instanceId, productInfo }, asking),
        );
        return { ...noFacts, change };
      },
    }),
  };
}

/** Rejects when the time is over, so that a handler that ignores its signal is passed over. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
