import type { UsageInfo } from '@koobridge/contracts';
import type { ChangeVerdict, CreateVerdict } from '../handlers/handlers.ts';
import type { LineKey } from '../ledger/order-lines.ts';
import type { Refresh, StatusChange } from '../life/life.ts';

/** What the store orders of an instance, with what the seller's answering handlers said of it. */
export type InstanceCommand =
  | CreateCommand
  | ({
      readonly kind: 'refresh';
      readonly instanceId: string;
      readonly line: LineKey;
      readonly productId: string | null;
    } & Refresh)
  | ({ readonly kind: 'status'; readonly instanceId: string } & StatusChange)
  | {
      readonly kind: 'release';
      readonly instanceId: string;
      readonly orderId: string | null;
      readonly orderLineId: string | null;
    }
  | { readonly kind: 'upgrade'; readonly instanceId: string; readonly line: LineKey };

export interface CreateCommand {
  readonly kind: 'create';
  readonly instanceId: string;
  readonly line: LineKey;
  readonly businessId: string;
  /** `getLicense` of V1 answers the License itself. */
  readonly answersLicense: boolean;
  /** What a V1 call said of the order and the buyer. */
  readonly purchase: Readonly<Record<string, string | number>> | null;
  readonly verdict: CreateVerdict;
}

/** Questions that change nothing. */
export type InstanceQuestion =
  | {
      readonly kind: 'query';
      readonly instanceIds: readonly string[];
      /** By instance id; what is sold without usage has none. */
      readonly usage: ReadonlyMap<string, readonly UsageInfo[]>;
    }
  | {
      readonly kind: 'check';
      readonly instanceId: string;
      /** Undefined where the seller's handler gave no usable answer. */
      readonly verdict: ChangeVerdict | undefined;
    };
