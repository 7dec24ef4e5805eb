import { ChargingMode } from '@koobridge/contracts';
import * as z from 'zod';

/** How a product reaches its buyer, which decides by which activities the store calls (接入类型). */
export const Access = z.enum(['LICENSE_CODE', 'SAAS', 'ONLINE_LICENSE']);
export type Access = z.output<typeof Access>;

export const PeriodUnit = z.enum(['year', 'month', 'day']);
export type PeriodUnit = z.output<typeof PeriodUnit>;

const productName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens');
const storeId = z.string().min(1).max(64);

/**
 * One thing with a price: under one `skuCode` (a specification) each period type has a `productId` of its own
 * (`seller-center` of the store, 商品详情).
 */
export const Product = z
  .strictObject({
    /** How the control API names it. */
    product: productName,
    /** The product of the store (商品) that it belongs to: sold, probed and delisted as a whole. */
    listing: productName,
    productId: storeId,
    skuCode: storeId,
    /** As the order query shows it: product, specification and edition, joined by commas. */
    productName: z.string().min(1).max(255),
    access: Access,
    /** 通用, 联营 and 自服务. */
    category: z.enum(['GENERAL', 'JOINT', 'SELF_SERVICE']).default('GENERAL'),
    chargingMode: ChargingMode.default('PERIOD'),
    /** What one period of a product paid by period, or of a package, is; `null` for the others. */
    period: PeriodUnit.nullable(),
    /** Days of the trial, 3 to 180; `null` if there is none. */
    trialDays: z.int().min(3).max(180).nullable().default(null),
    /** Whether orders pass through service supervision (服务监管). */
    supervised: z.boolean().default(false),
    /** Whether the store announces each order by `orderNotify`. */
    orderNotice: z.boolean().default(false),
    /** The price of one unit for one period. */
    price: z.number().min(0).max(1e9).default(100),
    /** The application credential of a joint-operation product, by its appId. */
    application: storeId.nullable().default(null),
    /** Whether it is a package that stops when it is used up (用完即停套餐包). */
    stopBeforeExcess: z.boolean().default(false),
  })
  .refine(({ chargingMode, period }) => (period === null) === !hasPeriods(chargingMode), {
    error: 'must be a period for PERIOD and ON_DEMAND_PKG, and null for ONE_TIME and ON_DEMAND',
    path: ['period'],
  })
  .refine(({ access, chargingMode }) => access === 'SAAS' || !chargingMode.startsWith('ON_DEMAND'), {
    error: 'can be on demand for SAAS only',
    path: ['chargingMode'],
  })
  .refine(
    ({ access, chargingMode, trialDays }) =>
      trialDays === null || (access !== 'LICENSE_CODE' && chargingMode === 'PERIOD'),
    {
      error: 'is for instances that are paid by period',
      path: ['trialDays'],
    },
  )
  .refine(({ category, application }) => application === null || category === 'JOINT', {
    error: 'is for joint-operation products',
    path: ['application'],
  });
export type Product = z.output<typeof Product>;

const hasPeriods = (chargingMode: z.output<typeof ChargingMode>): boolean =>
  chargingMode === 'PERIOD' || chargingMode === 'ON_DEMAND_PKG';

/** Whether a listing is sold: 在售, 停售 (trading frozen, hidden) or 退市. */
export const Sale = z.enum(['ON_SALE', 'SUSPENDED', 'WITHDRAWN']);
export type Sale = z.output<typeof Sale>;
