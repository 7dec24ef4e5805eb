import type { Customer } from './customer.ts';
import { CustomerLevel } from './customer-level.ts';
import { Product } from './product.ts';

/** What a new marketplace sells, and to whom: one product for each way of selling. */

const sku = (digit: string): string => `6d7c1f0a-2b34-4e5f-9a61-0c5d8e7f1a${digit}b`;

const license = { listing: 'license', skuCode: sku('2'), access: 'LICENSE_CODE' } as const;
const supervised = {
  listing: 'license-supervised',
  skuCode: sku('3'),
  access: 'LICENSE_CODE',
  supervised: true,
} as const;
const standard = { listing: 'saas', skuCode: sku('4'), access: 'SAAS', trialDays: 15 } as const;
const premium = { listing: 'saas', skuCode: sku('5'), access: 'SAAS', price: 250 } as const;
const metered = { listing: 'saas-metered', access: 'SAAS', price: 1 } as const;
const online = { listing: 'online-license', skuCode: sku('9'), access: 'ONLINE_LICENSE' } as const;

export const seededProducts: readonly Product[] = [
  {
    ...license,
    product: 'license-yearly',
    productId: 'MOCKLICENSE0001-YEAR',
    productName: 'Mock License,Standard,Yearly',
    period: 'year',
    price: 1000,
  },
  {
    ...license,
    product: 'license-monthly',
    productId: 'MOCKLICENSE0001-MONTH',
    productName: 'Mock License,Standard,Monthly',
    period: 'month',
  },
  {
    ...supervised,
    product: 'license-supervised',
    productId: 'MOCKLICENSE0002-YEAR',
    productName: 'Mock License,Supervised,Yearly',
    period: 'year',
    price: 1000,
  },
  {
    ...standard,
    product: 'saas-yearly',
    productId: 'MOCKSAAS0001-YEAR',
    productName: 'Mock SaaS,Standard,Yearly',
    period: 'year',
    price: 1000,
  },
  {
    ...standard,
    product: 'saas-monthly',
    productId: 'MOCKSAAS0001-MONTH',
    productName: 'Mock SaaS,Standard,Monthly',
    period: 'month',
  },
  {
    ...premium,
    product: 'saas-premium-yearly',
    productId: 'MOCKSAAS0002-YEAR',
    productName: 'Mock SaaS,Premium,Yearly',
    period: 'year',
    price: 2500,
  },
  {
    ...premium,
    product: 'saas-premium-monthly',
    productId: 'MOCKSAAS0002-MONTH',
    productName: 'Mock SaaS,Premium,Monthly',
    period: 'month',
  },
  {
    listing: 'saas-once',
    skuCode: sku('6'),
    access: 'SAAS',
    product: 'saas-once',
    productId: 'MOCKSAAS0003-ONCE',
    productName: 'Mock SaaS,Standard,One-time',
    chargingMode: 'ONE_TIME',
    period: null,
    price: 5000,
  },
  {
    ...metered,
    skuCode: sku('7'),
    product: 'saas-on-demand',
    productId: 'MOCKSAAS0004-USE',
    productName: 'Mock SaaS,Metered,Pay-per-use',
    chargingMode: 'ON_DEMAND',
    period: null,
  },
  {
    ...metered,
    skuCode: sku('8'),
    product: 'saas-package',
    productId: 'MOCKSAAS0004-PKG',
    productName: 'Mock SaaS,Metered,Package',
    chargingMode: 'ON_DEMAND_PKG',
    period: 'year',
    price: 500,
  },
  {
    listing: 'saas-joint',
    skuCode: sku('a'),
    access: 'SAAS',
    category: 'JOINT',
    product: 'saas-joint-yearly',
    productId: 'MOCKSAAS0005-YEAR',
    productName: 'Mock SaaS,Joint operation,Yearly',
    period: 'year',
    price: 1000,
  },
  {
    listing: 'saas-announced',
    skuCode: sku('b'),
    access: 'SAAS',
    orderNotice: true,
    product: 'saas-announced-monthly',
    productId: 'MOCKSAAS0006-MONTH',
    productName: 'Mock SaaS,Announced,Monthly',
    period: 'month',
  },
  {
    ...online,
    product: 'online-license-yearly',
    productId: 'MOCKONLINE0001-YEAR',
    productName: 'Mock online License,Standard,Yearly',
    period: 'year',
    price: 1000,
  },
  {
    ...online,
    product: 'online-license-monthly',
    productId: 'MOCKONLINE0001-MONTH',
    productName: 'Mock online License,Standard,Monthly',
    period: 'month',
  },
].map((product) => Product.parse(product));

/** One customer of each level. */
export const seededCustomers: readonly Customer[] = CustomerLevel.options.map((level) => ({
  customer: `customer-${level.toLowerCase()}`,
  name: `Customer of level ${level}`,
  level,
}));
