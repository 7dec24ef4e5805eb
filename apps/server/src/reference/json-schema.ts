import type { SchemaTransformer } from '@ts-rest/open-api';
import * as z from 'zod';

/** A JSON schema as the OpenAPI generator takes it. */
export type JsonSchema = NonNullable<Awaited<ReturnType<SchemaTransformer>>>;

/** What travels: a body or a query as its receiver takes it, or an answer as its sender gives it. */
export type Side = 'request' | 'query' | 'answer';

/** Names for schemas, which the documents then hold once, under this name, in `components`. */
export type SchemaNames = ReadonlyMap<z.ZodType, string>;

/** The schemas among a module's exports, by the names they are exported under; of two names, by the first. */
export function namesOf(module: object): SchemaNames {
  const names = new Map<z.ZodType, string>();
  for (const [name, value] of Object.entries(module)) {
    if (value instanceof z.ZodType && !names.has(value)) names.set(value, name);
  }
  return names;
}

/**
 * The JSON schema of what travels. A transform reads a value and cannot be written down, so what it reads is described;
 * null, which means absent (R10), in a body only. Unknown members are ignored on both sides and never forbidden.
 */
export function jsonSchemaOf(schema: z.ZodType, side: Side, names: SchemaNames): JsonSchema {
  const printed = z.toJSONSchema(schema, {
    io: side === 'answer' ? 'output' : 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.anyOf !== undefined) jsonSchema.anyOf = jsonSchema.anyOf.flatMap(options);
      const better = special(zodSchema, side, names);
      if (better !== undefined) {
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
        Object.assign(jsonSchema, better);
      }
      if (zodSchema instanceof z.ZodDiscriminatedUnion) Object.assign(jsonSchema, discriminator(zodSchema, names));
      const name = zodSchema instanceof z.ZodType ? names.get(zodSchema) : undefined;
      if (name !== undefined) jsonSchema.title = name;
    },
  });
  const { $schema: _, ...wanted } = printed;
  return wanted as JsonSchema; // zod prints JSON schema 2020-12, which is that of OpenAPI 3.1
}

/** Alternatives among alternatives are alternatives, unless they have a name. */
const options = (option: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema[] =>
  option.anyOf !== undefined && Object.keys(option).length === 1 ? option.anyOf : [option];

/** What stands in place of what zod prints, where that says less than the schema does. */
function special(schema: z.core.$ZodType, side: Side, names: SchemaNames): object | undefined {
  if (schema instanceof z.ZodNullable && side === 'query') return jsonSchemaOf(present(schema), side, names);
  if (!(schema instanceof z.ZodPipe)) return undefined;
  if (schema.out instanceof z.ZodArray && isTransformed(schema.in)) return listOrText(schema.out, side, names);
  if (schema.out instanceof z.ZodTransform && side === 'answer') return jsonSchemaOf(present(schema.in), side, names);
  return undefined;
}

const isTransformed = (schema: z.core.$ZodType): boolean =>
  schema instanceof z.ZodPipe && schema.out instanceof z.ZodTransform;

/** A list that is read from an array or from a text: the items stand behind the reading. */
function listOrText(list: z.ZodType, side: Side, names: SchemaNames): object {
  const items = jsonSchemaOf(list, side, names);
  const description = 'The same list as a text that holds JSON';
  return { anyOf: [items, { type: 'string', contentMediaType: 'application/json', description }] };
}

function present(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return present(schema.unwrap());
  return schema as z.ZodType; // the contracts are written with zod's own classes, of which this is the base
}

/** Tells a reader which option a value of the discriminating member means; only where all options have names. */
function discriminator(union: z.ZodDiscriminatedUnion, names: SchemaNames): object {
  const { discriminator: propertyName } = union.def;
  const mapping: Record<string, string> = {};
  for (const option of union.options) {
    const name = option instanceof z.ZodType ? names.get(option) : undefined;
    const member = option instanceof z.ZodObject ? option.shape[propertyName] : undefined;
    if (name === undefined || !(member instanceof z.ZodLiteral)) return {};
    for (const value of member.values) mapping[String(value)] = `#/components/schemas/${name}`;
  }
  return { discriminator: { propertyName, mapping } };
}
