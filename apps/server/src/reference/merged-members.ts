import type { JsonSchema } from './json-schema.ts';

/**
 * One object for several alternatives, each of which has a name: the members of all, each with the names it belongs to.
 * Required is what every alternative requires. For a query, which OpenAPI cannot describe as alternatives.
 */
export function mergedMembers(alternatives: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const entries = Object.entries(alternatives);
  const names = new Set(entries.flatMap(([, { properties = {} }]) => Object.keys(properties)));
  const members = [...names].map((member) => {
    const having = entries.filter(([, { properties = {} }]) => Object.hasOwn(properties, member));
    const requiring = having.filter(([, { required = [] }]) => required.includes(member));
    const schema = oneOf(having.map(([, { properties = {} }]) => properties[member] as JsonSchema)); // it has it
    const description = belonging(having, requiring, entries.length);
    // A schema with a name stands in the document once, for everybody, so nothing is added to it.
    const merged = schema.title === undefined ? { ...schema, description } : { allOf: [schema], description };
    return { member, always: requiring.length === entries.length, merged };
  });
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(({ member, merged }) => [member, merged])),
    required: members.filter(({ always }) => always).map(({ member }) => member),
  };
}

/** The schema all agree on, or any of those that differ; of constants, one of their values. */
function oneOf(schemas: readonly JsonSchema[]): JsonSchema {
  const constants = schemas.flatMap((schema) => ('const' in schema ? [schema['const']] : []));
  if (constants.length === schemas.length) return { type: 'string', enum: [...new Set(constants)] };
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  const [only = {}] = different;
  return different.length === 1 ? only : { anyOf: different };
}

type Named = readonly (readonly [string, JsonSchema])[];

function belonging(having: Named, requiring: Named, all: number): string {
  if (requiring.length === all) return 'Mandatory everywhere.';
  const list = (some: Named): string => some.map(([name]) => name).join(', ');
  const optional = having.filter((each) => !requiring.includes(each));
  const parts = [
    ...(requiring.length === 0 ? [] : [`Mandatory: ${list(requiring)}.`]),
    ...(optional.length === 0 ? [] : [`Optional: ${optional.length === all ? 'everywhere' : list(optional)}.`]),
  ];
  return parts.join(' ');
}
