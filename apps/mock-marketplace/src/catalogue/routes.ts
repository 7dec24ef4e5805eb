import * as z from 'zod';
import { failures, nothing } from '../control/shapes.ts';
import { Customer } from './customer.ts';
import { Product, Sale } from './product.ts';

/** What is sold and to whom, and whether it still is. */

const Listing = z.object({ listing: z.string(), sale: Sale });

export const catalogueRoutes = {
  products: { method: 'GET', path: '/products', responses: { 200: z.array(Product) } },
  saveProduct: {
    method: 'PUT',
    path: '/products/:product',
    summary: 'Adds a product, or changes one; what was sold keeps its periods',
    body: Product,
    responses: { ...failures, 200: Product },
  },
  removeProduct: {
    method: 'DELETE',
    path: '/products/:product',
    body: nothing,
    responses: { ...failures, 200: Product },
  },
  setSale: {
    method: 'PUT',
    path: '/listings/:listing/sale',
    summary: 'Puts a listing on sale, suspends its sale, or withdraws it',
    body: z.strictObject({ sale: Sale }),
    responses: { ...failures, 200: Listing },
  },
  customers: { method: 'GET', path: '/customers', responses: { 200: z.array(Customer) } },
  saveCustomer: {
    method: 'PUT',
    path: '/customers/:customer',
    body: Customer,
    responses: { ...failures, 200: Customer },
  },
} as const;
