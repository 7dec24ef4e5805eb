import type { Handlers } from '@koobridge/ts-rest-koa';
import { ok, refusalAnswer } from '../control/refusal.ts';
import type { Marketplace } from '../marketplace.ts';
import type { catalogueRoutes } from './routes.ts';

export function catalogueHandlers({ parts }: Marketplace): Handlers<typeof catalogueRoutes> {
  const { catalogue, standings, kit } = parts.records;
  return {
    products: () => ok(catalogue.products()),
    saveProduct: ({ params, body }) => {
      if (params.product !== body.product) return refusalAnswer('name-differs');
      const other = catalogue.productWithId(body.productId);
      if (other !== undefined && other.product !== body.product) return refusalAnswer('product-id-taken');
      const { application } = body;
      if (application !== null && kit.application(application) === undefined)
        return refusalAnswer('unknown-application');
      catalogue.saveProduct(body);
      return ok(body);
    },
    removeProduct: ({ params }) => {
      const product = catalogue.product(params.product);
      if (product === undefined) return refusalAnswer('unknown-product');
      catalogue.removeProduct(params.product);
      return ok(product);
    },
    setSale: ({ params: { listing }, body: { sale } }) => {
      if (!catalogue.products().some((product) => product.listing === listing)) return refusalAnswer('unknown-listing');
      parts.records.transaction(() => {
        catalogue.setSale(listing, sale);
        if (sale === 'ON_SALE') standings.clear(listing); // it begins anew
      });
      return ok({ listing, sale });
    },
    customers: () => ok(catalogue.customers()),
    saveCustomer: ({ params, body }) => {
      if (params.customer !== body.customer) return refusalAnswer('name-differs');
      catalogue.saveCustomer(body);
      return ok(body);
    },
  };
}
