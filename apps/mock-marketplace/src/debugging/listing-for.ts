import type { CallName } from '../callbacks/calls.ts';
import { calls } from '../callbacks/calls.ts';
import type { Product } from '../catalogue/product.ts';

/** Whether the store would ever make this call for a product of that kind. */
export function isCalledFor(name: CallName, product: Product): boolean {
  const { access, category, orderNotice } = product;
  switch (calls[name].product) {
    case 'License code':
      return access === 'LICENSE_CODE';
    case 'Kit':
      return category === 'JOINT';
    case 'order notice':
      return orderNotice;
    case 'online License':
      return access === 'ONLINE_LICENSE';
    case 'SaaS':
      return access === 'SAAS' || (access === 'ONLINE_LICENSE' && alsoOnline.has(name));
  }
}

/** The interfaces that the guides of SaaS and of the online License share. */
const alsoOnline: ReadonlySet<CallName> = new Set([
  'newInstance',
  'refreshInstance',
  'updateInstanceStatus',
  'releaseInstance',
]);

export type ListingChoice =
  | { readonly ok: true; readonly listing: string }
  | { readonly ok: false; readonly refusal: 'unknown-listing' | 'not-called-for' };

/** The listing a case belongs to: the one that is named, or the first for which the store makes such calls. */
export function listingFor(name: CallName, named: string | undefined, products: readonly Product[]): ListingChoice {
  if (named !== undefined && !products.some(({ listing }) => listing === named)) {
    return { ok: false, refusal: 'unknown-listing' };
  }
  const product = products.find((one) => (named === undefined || one.listing === named) && isCalledFor(name, one));
  return product === undefined ? { ok: false, refusal: 'not-called-for' } : { ok: true, listing: product.listing };
}
