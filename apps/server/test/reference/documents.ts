import { adminDocument } from '../../src/reference/admin-document.ts';
import { productionDocument } from '../../src/reference/production-document.ts';
import { storeDocument } from '../../src/reference/store-document.ts';

export interface Operation {
  readonly operationId: string;
  readonly description?: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly headers?: object; readonly content?: object }>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly deprecated?: boolean;
}

interface Parameter {
  readonly name: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

interface Media {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly encoding?: object;
}

export type Schema = Readonly<Record<string, unknown>>;

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/** The three documents as a client reads them; the production address is at `/production`. */
export const documents = {
  production: read(productionDocument('/production')),
  store: read(storeDocument()),
  admin: read(adminDocument()),
};

function read(text: string): OpenApi {
  return JSON.parse(text) as OpenApi; // that it is one is what `valid.test.ts` proves
}

/** `POST /path` of every operation. */
export const operationsOf = ({ paths }: OpenApi): string[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );

/** An operation that must be there. */
export function operation({ paths }: OpenApi, method: string, path: string): Operation {
  const found = paths[path]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`there is no ${method} ${path}`);
  return found;
}
