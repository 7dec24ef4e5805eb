import { type ActivityRequest, mockOrderIds } from '@koobridge/contracts';

/** Whether a call comes from the debugging page or a probe: it is answered plainly and changes nothing (R12). */
export function isDebugging(request: ActivityRequest): boolean {
  if (request.testFlag) return true;
  return 'orderId' in request && request.orderId !== undefined && mockOrderIds.includes(request.orderId);
}
