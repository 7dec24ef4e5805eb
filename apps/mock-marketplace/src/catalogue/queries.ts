import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { jsonColumn, query } from '../database/query.ts';
import { Customer } from './customer.ts';
import type { CustomerLevel } from './customer-level.ts';
import { type PeriodUnit, Product, Sale } from './product.ts';
import { seededCustomers, seededProducts } from './seeds.ts';

export interface Catalogue {
  products(): Product[];
  product(name: string): Product | undefined;
  productWithId(productId: string): Product | undefined;
  /** The product of the same specification for another period type. */
  sibling(productId: string, period: PeriodUnit): Product | undefined;
  saveProduct(product: Product): void;
  removeProduct(name: string): void;
  sale(listing: string): Sale;
  setSale(listing: string, sale: Sale): void;
  customers(): Customer[];
  customer(id: string): Customer | undefined;
  saveCustomer(customer: Customer): void;
  /** Products, customers and sales as in a new marketplace. */
  reset(): void;
}

export function storedCatalogue(database: DatabaseSync): Catalogue {
  const productRow = z.object({ data: jsonColumn(Product) });
  const customerRow = z.object({ data: jsonColumn(Customer) });
  const allProducts = query(database, productRow, 'SELECT data FROM products ORDER BY rowid');
  const allCustomers = query(database, customerRow, 'SELECT data FROM customers ORDER BY rowid');
  const upsertProduct = database.prepare(
    'INSERT INTO products VALUES ($product, $data) ON CONFLICT (product) DO UPDATE SET data = $data',
  );
  const deleteProduct = database.prepare('DELETE FROM products WHERE product = $name');
  const upsertCustomer = database.prepare(
    'INSERT INTO customers VALUES ($customer, $data) ON CONFLICT (customer) DO UPDATE SET data = $data',
  );
  const saleOf = query(database, z.object({ sale: Sale }), 'SELECT sale FROM listings WHERE listing = $listing');
  const upsertSale = database.prepare(
    'INSERT INTO listings VALUES ($listing, $sale) ON CONFLICT (listing) DO UPDATE SET sale = $sale',
  );

  // Read with every order and every view, changed by an operator now and then.
  let products: readonly Product[] | undefined;
  const known = (): readonly Product[] => {
    products ??= allProducts.all().map(({ data }) => data);
    return products;
  };

  const catalogue: Catalogue = {
    products: () => [...known()],
    product: (name) => known().find(({ product }) => product === name),
    productWithId: (id) => known().find(({ productId }) => productId === id),
    sibling: (id, unit) => {
      const sku = catalogue.productWithId(id)?.skuCode;
      return known().find(({ skuCode, period }) => skuCode === sku && period === unit);
    },
    saveProduct: (product) => {
      upsertProduct.run({ product: product.product, data: JSON.stringify(product) });
      products = undefined;
    },
    removeProduct: (name) => {
      deleteProduct.run({ name });
      products = undefined;
    },
    sale: (listing) => saleOf.one({ listing })?.sale ?? 'ON_SALE',
    setSale: (listing, sale) => void upsertSale.run({ listing, sale }),
    customers: () => allCustomers.all().map(({ data }) => data),
    customer: (id) => catalogue.customers().find(({ customer }) => customer === id),
    saveCustomer: (customer) =>
      void upsertCustomer.run({ customer: customer.customer, data: JSON.stringify(customer) }),
    reset: () => {
      database.exec('DELETE FROM products; DELETE FROM customers; DELETE FROM listings;');
      seed(catalogue);
    },
  };
  if (known().length === 0) seed(catalogue);
  return catalogue;
}

function seed(catalogue: Catalogue): void {
  for (const product of seededProducts) catalogue.saveProduct(product);
  for (const customer of seededCustomers) catalogue.saveCustomer(customer);
}

/** The seeded customer of a level, for orders that name none. */
export const customerOfLevel = (level: CustomerLevel): string => `customer-${level.toLowerCase()}`;
