import {
  type AppInfo,
  type EventType,
  eventTypes,
  type OrderInfo,
  type ResultCode,
  type SellerEvent,
  type TargetProduct,
  type UsageInfo,
} from '@koobridge/contracts';

/**
 * The seller's own code, given to the server in `koobridge.config.ts`. Every function may be left out, and none of them
 * can break an answer to the store: one that hangs, throws or answers nonsense is logged and passed over.
 */
export interface Handlers {
  readonly answering?: AnsweringHandlers;
  readonly provisioning?: ProvisioningHandlers;
}

type Awaitable<T> = T | Promise<T>;

/**
 * Asked before a callback is decided, and given up after 3 seconds. They may look things up and must change nothing:
 * the store repeats its calls, and a call may be refused after they were asked.
 */
export interface AnsweringHandlers {
  /** Whether this purchase is taken. Without a usable answer it is. */
  admitCreate?(purchase: PurchaseQuestion, asking: Asking): Awaitable<CreateVerdict>;
  /** Whether an instance can be changed to the product that a renewal would bring. Without a usable answer the store is told to repeat. */
  checkChange?(change: ChangeQuestion, asking: Asking): Awaitable<ChangeVerdict>;
  /** The usage of instances that are sold by it, by instance id. Without a usable answer the instances are told without usage. */
  usage?(
    question: { readonly instanceIds: readonly string[] },
    asking: Asking,
  ): Awaitable<Readonly<Record<string, readonly UsageInfo[]>>>;
}

/** What an answering handler is asked with. */
export interface Asking {
  /** Aborted when the 3 seconds are over. */
  readonly signal: AbortSignal;
}

export interface PurchaseQuestion {
  readonly orderId: string;
  /** Empty in a V1 call, whose orders have no lines. */
  readonly orderLineId: string;
  /** The id that the instance will have. */
  readonly instanceId: string;
  /** What the store says of the order; null where it could not be asked in time. */
  readonly order: OrderInfo | null;
}

export type CreateRefusalCode = Extract<ResultCode, `0001${string}`>;

export type CreateVerdict =
  | {
      readonly accept: true;
      /** Answer `000004` until the instance is ready; only for products whose instances the store queries. */
      readonly processing?: boolean | undefined;
      /** What the buyer gets, where it is known at once: the instance is ready then, and nothing is provisioned. */
      readonly delivery?: Delivery | undefined;
    }
  | { readonly accept: false; readonly resultCode: CreateRefusalCode; readonly message?: string | undefined };

export interface ChangeQuestion {
  readonly instanceId: string;
  /** The target product, as the store sent it. */
  readonly productInfo: readonly TargetProduct[];
}

export type ChangeVerdict = { readonly possible: true } | { readonly possible: false; readonly message: string };

/** What a buyer gets of an instance. Kept encrypted, told to the store alone. */
export interface Delivery {
  /** Left out only where the buyer learns of it by other means. */
  readonly appInfo?: AppInfo | undefined;
  /** The License text of the retired `getLicense`. */
  readonly license?: string | undefined;
}

/** The License that answers an application: a text of up to 1,024 characters, or a file. */
export type OnlineLicense = { readonly license: string } | { readonly file: Uint8Array; readonly fileName: string };

/**
 * Called after the commit, in order for each subject, and repeated with growing pauses until it succeeds. A handler that
 * takes more than a minute counts as failed and is called again, so what it does must be keyed by `job.idempotencyKey`.
 */
export type ProvisioningHandlers = {
  readonly [Type in EventType]?: (event: SellerEvent<Type>, job: JobOf<Type>) => Awaitable<Outcome<Type>>;
};

export interface Job {
  /** The same at every attempt, and no other event's. */
  readonly idempotencyKey: string;
  /** Aborted when the attempt is given up or the server stops. */
  readonly signal: AbortSignal;
}

type JobOf<Type extends EventType> = Job & (Type extends keyof JobDetails ? JobDetails[Type] : unknown);

interface JobDetails {
  /** The store's data of the order; null where the server has no credentials for the store. */
  readonly 'instance.created': { readonly order: OrderInfo | null };
  readonly 'instance.upgraded': { readonly order: OrderInfo | null };
  readonly 'order.notified': { readonly order: OrderInfo | null };
  /** Decrypted; null once the application was deleted. */
  readonly 'application.synced': { readonly clientSecret: string | null };
}

/** What the server keeps of a handler's work. */
export type Outcome<Type extends EventType> = Type extends 'instance.created' | 'instance.upgraded'
  ? Delivery | undefined
  : Type extends 'license.requested'
    ? OnlineLicense
    : unknown;

const answeringNames: readonly string[] = ['admitCreate', 'checkChange', 'usage'] satisfies (keyof AnsweringHandlers)[];

/** What is wrong with the `handlers` of a configuration file, one sentence each. */
export function handlerProblems(handlers: unknown): string[] {
  if (!isObject(handlers)) return ['handlers must be an object with "answering" and "provisioning"'];
  const groups: Readonly<Record<string, readonly string[]>> = { answering: answeringNames, provisioning: eventTypes };
  return Object.entries(handlers).flatMap(([group, members]) => {
    const names = Object.hasOwn(groups, group) ? groups[group] : undefined;
    if (names === undefined) return [`handlers.${group} is not known; there are "answering" and "provisioning"`];
    if (members === undefined) return [];
    if (!isObject(members)) return [`handlers.${group} must be an object of functions`];
    return Object.entries(members).flatMap(([name, handler]) => {
      if (!names.includes(name)) return [`handlers.${group}.${name} is not known; there are ${names.join(', ')}`];
      return handler === undefined || typeof handler === 'function'
        ? []
        : [`handlers.${group}.${name} must be a function`];
    });
  });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
