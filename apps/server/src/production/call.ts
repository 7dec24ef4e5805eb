import {
  type ActivityRequest,
  type KitActivityName,
  type KitRequest,
  mockOrderIds,
  type V1Request,
} from '@koobridge/contracts';

/** The token of a verified call, of whatever scheme. */
export interface CallToken {
  /** `class/id` of the key that signed. */
  readonly keyId: string;
  /** How the signed text was read. */
  readonly reading: string;
  /** What may be used once: the nonce, or V1's authToken. */
  readonly nonce: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** The query's parameters as the signature reads them, of a V1 call. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A verified call whose form was checked, by the interface it came through. Both generations of the Kit read alike. */
export type StoreCall =
  | { readonly through: 'production'; readonly request: ActivityRequest }
  | { readonly through: 'v1'; readonly request: V1Request }
  | KitStoreCall;

export type KitStoreCall = {
  [Name in KitActivityName]: { readonly through: 'kit'; readonly name: Name; readonly request: KitRequest<Name> };
}[KitActivityName];

export const activityOf = (call: StoreCall): string => (call.through === 'kit' ? call.name : call.request.activity);

/** Whether a call comes from the debugging page or a probe: it is answered plainly and changes nothing (R12). */
export function isDebugging({ request }: StoreCall): boolean {
  if (request.testFlag) return true;
  return 'orderId' in request && request.orderId !== undefined && mockOrderIds.includes(request.orderId);
}

/** Whether a body or query says that it only tries the server out, whether or not it keeps to the contract. */
export function saysDebugging(members: object): boolean {
  const flag: unknown = Object.hasOwn(members, 'testFlag') ? Reflect.get(members, 'testFlag') : undefined;
  return flag === '1' || flag === 1;
}

/** What a body or query says it is about, whether or not it keeps to the contract. */
export function subjectIn(members: object): string | null {
  for (const name of ['license', 'instanceId', 'tenantId', 'orderId']) {
    const value: unknown = Object.hasOwn(members, name) ? Reflect.get(members, name) : undefined;
    if (typeof value === 'string' && value !== '') return value.slice(0, 64);
  }
  return null;
}
