import type { Life } from './lives.ts';
import type { Kill } from './plan.ts';

/** Everything that one run saw from outside. Instants are milliseconds of one clock. */
export interface History {
  readonly lives: readonly PlayedLife[];
  readonly kills: readonly { readonly replica: number; readonly kill: Kill; readonly at: number }[];
  /** When one of the servers was down or starting. */
  readonly outages: readonly Outage[];
  /** Events in the order in which they arrived, repeats included. */
  readonly announcements: readonly Announcement[];
  /** What the ledger holds in the end, as /admin tells it. */
  readonly ledger: Ledger;
}

export interface Outage {
  readonly replica: number;
  readonly from: number;
  readonly to: number;
}

export interface PlayedLife {
  readonly life: Life;
  /** The code or the instance id; undefined as long as no answer told it. */
  readonly subject: string | undefined;
  readonly attempts: readonly Attempt[];
  /** Whether the last of its operations was answered. */
  readonly finished: boolean;
}

export interface Attempt {
  /** Of the life. */
  readonly step: number;
  /** Of the step. */
  readonly operation: number;
  readonly what: What;
  readonly how: 'whole' | 'slow' | 'half' | 'cut';
  readonly replica: number;
  readonly nonce: string;
  readonly from: number;
  readonly to: number;
  /** Absent where none came, or none was waited for. */
  readonly answer?: Answer;
}

/** A call until it is answered, the same again, or something that must have no effect. */
export type What = 'call' | 'repeat' | 'replay' | 'forged' | 'conflict' | 'stale';

export interface Answer {
  readonly status: number;
  readonly resultCode: string;
  /** Where it tells one. */
  readonly instanceId?: string;
}

export interface Announcement {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  /** The bytes of the message. */
  readonly body: string;
}

export interface Ledger {
  /** Oldest first. */
  readonly receipts: readonly { readonly nonce: string; readonly resultCode: string }[];
  /** By code or instance id; absent where there is none. */
  readonly subjects: Readonly<Record<string, StoredSubject>>;
  /** Events that have not left yet, or were given up, in order. */
  readonly waiting: readonly Omit<Announcement, 'body'>[];
  readonly dead: readonly Omit<Announcement, 'body'>[];
}

export interface StoredSubject {
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string | null;
  readonly orderLines: readonly {
    readonly orderId: string;
    readonly orderLineId: string;
    readonly scene: string;
    readonly expiresAt: string | null;
  }[];
}
