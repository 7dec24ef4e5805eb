import type { SchemaTransformer } from '@ts-rest/open-api';
import * as z from 'zod';

/** A JSON schema as the OpenAPI generator takes it. */
export type JsonSchema = NonNullable<Awaited<ReturnType<SchemaTransformer>>>;

/** Names for schemas of answers, which the document then holds once, under this name, in `components`. */
export type SchemaNames = ReadonlyMap<z.core.$ZodType, string>;

/**
 * The JSON schema of what goes in or comes out. A transform cannot be written down, so what it reads is described. A
 * member that nobody knows is an error in a request; an answer may have more members one day.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', names: SchemaNames): JsonSchema {
  const { $schema: _, ...printed } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (io === 'input') return;
      delete jsonSchema.additionalProperties;
      const name = names.get(zodSchema);
      if (name !== undefined) jsonSchema.title = name;
    },
  });
  return printed as JsonSchema; // zod prints JSON schema 2020-12, which is that of OpenAPI 3.1
}
