import type { ActivityRequest, V1Request } from '@koobridge/contracts';
import { instanceIdOf } from '../instances/instance.ts';
import { type LineKey, v1Prefix } from '../ledger/order-lines.ts';

/** A call that buys an instance, of either generation. */
export type PurchaseRequest = ActivityRequest<'newInstance'> | V1Request<'newInstance' | 'getLicense'>;

const onDemand = 0;

/**
 * The order line of a purchase, and the id of what it makes. V1 orders have no lines, and one on-demand order makes
 * several instances, told apart by their product (R25).
 */
export function purchaseOf(request: PurchaseRequest): { readonly line: LineKey; readonly instanceId: string } {
  const { activity, orderId } = request;
  const line = { scene: '', orderId };
  const key =
    'orderLineId' in request
      ? { ...line, activity, orderLineId: request.orderLineId }
      : {
          ...line,
          activity: `${v1Prefix}${activity}`,
          orderLineId: request.chargingMode === onDemand ? request.productId : '',
        };
  return { line: key, instanceId: instanceIdOf(orderId, key.orderLineId) };
}
