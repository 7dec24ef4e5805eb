import type { AccessKey } from '@koobridge/contracts';
import type { RequestToSend } from '../http/exchange.ts';
import type { RawPart } from '../http/raw.ts';
import type { SubjectKind, SubjectState } from '../probe/probe.ts';
import type { Call, Variant } from './call.ts';
import type { Names } from './names.ts';
import type { Step } from './step.ts';

/** The words that cases are written in. */
export interface Flow {
  /** Fresh for this case of this run. */
  readonly names: Names;
  readonly keys: {
    /** The first key of the profile's ring, which signs unless told otherwise. */
    readonly own: AccessKey;
    /** Another key of the same ring; the case is not observable without one. */
    second(): AccessKey;
    /** A key of another ring; the same. */
    ofOtherRing(): AccessKey;
    /** A key that the ring held once, and holds no longer; the same. */
    retired(): AccessKey;
    /** A key that the server cannot know. */
    readonly stranger: AccessKey;
  };
  /** A real call of the profile about a fresh subject, which a conforming server accepts. */
  specimen(): Promise<Call>;
  /** One call of every interface of the profile, as a debugging page saves them. */
  debuggingCalls(): readonly Call[];
  /** Throws where the server does not tell its time, so that a verdict on seconds would be a guess. */
  needsServerClock(): void;
  /** Sends a call as the store would, but for the variant. Nothing is sent until an expectation is asked for. */
  send(call: Call, variant?: Variant): Step;
  /** Sends a request that is not signed. */
  request(request: Partial<RequestToSend> & { readonly path?: string }): Step;
  /** Signs a call, and sends bytes made of it that no HTTP client would. */
  raw(call: Call, parts: (composed: RequestToSend) => readonly RawPart[], options?: RawOptions): Step;
  /** What the state probe tells of a subject; the case is not observable without one. */
  state(kind: SubjectKind, id: string): StateQuestion;
  /** Stops the server and starts it again; the case is not observable where the suite cannot. */
  restart(): Promise<void>;
  /** Everything the server has logged so far; the same. */
  serverLog(): Promise<string>;
  /** What no answer may hold: every key, and last the signature that would have been right. */
  secretsOf(call: Call, variant?: Variant): readonly string[];
}

export interface RawOptions {
  readonly variant?: Variant;
  readonly thenClose?: boolean;
}

export interface StateQuestion {
  /** Throws a `Deviation` where the probe tells otherwise. Times in milliseconds since the epoch. */
  is(expected: Partial<SubjectState>): Promise<void>;
  absent(): Promise<void>;
}

/** Asks that a call be made many times at once. */
export const times = <T>(count: number, each: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => each(index)));
