/** What the marketplace sells. */

export type PeriodUnit = 'year' | 'month';

/** One product of a specification: under one `skuCode` each period type has a `productId` of its own. */
export interface Product {
  /** How the control API names it. */
  readonly name: string;
  readonly productId: string;
  readonly skuCode: string;
  /** As the order query shows it: product, specification and edition, joined by commas. */
  readonly productName: string;
  readonly period: PeriodUnit;
}

const skuCode = '6d7c1f0a-2b34-4e5f-9a61-0c5d8e7f1a2b';

/** The seeded products: one License specification, sold by the year and by the month. */
export const products: readonly Product[] = [
  {
    name: 'license-yearly',
    productId: 'MOCKLICENSE0001-YEAR',
    skuCode,
    productName: 'Mock License,Standard,Yearly',
    period: 'year',
  },
  {
    name: 'license-monthly',
    productId: 'MOCKLICENSE0001-MONTH',
    skuCode,
    productName: 'Mock License,Standard,Monthly',
    period: 'month',
  },
];

export const productNamed = (name: string): Product | undefined => products.find((product) => product.name === name);

export const productWithId = (productId: string): Product | undefined =>
  products.find((product) => product.productId === productId);

/** The product of the same specification for another period type. */
export const siblingProduct = (productId: string, period: PeriodUnit): Product | undefined => {
  const sku = productWithId(productId)?.skuCode;
  return products.find((product) => product.skuCode === sku && product.period === period);
};
