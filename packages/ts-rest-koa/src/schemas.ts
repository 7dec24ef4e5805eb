/** The contract's schemas of one route, looked up once, so that a request only runs them. */

import { ContractNoBody, parseAsStandardSchema, type StandardSchemaV1 } from '@ts-rest/core';

export type Checked = StandardSchemaV1.Result<unknown>;

/** Checks a value, at once or later. May throw or reject if the schema itself does. */
export type Check = (value: unknown) => Checked | Promise<Checked>;

/** The check for a schema of a contract; undefined if there is none, as for plain types, which exist only while compiling. */
export function checkFor(schema: unknown): Check | undefined {
  const standard = schema === ContractNoBody ? null : parseAsStandardSchema(schema);
  return standard === null ? undefined : (value) => standard['~standard'].validate(value);
}

/**
 * The check for a contract's headers: one schema for all of them, or an object with a schema for each.
 * Names are compared in lower case. Headers the contract does not mention pass unchanged.
 */
export function checkForHeaders(schemas: unknown): Check | undefined {
  if (typeof schemas !== 'object' || schemas === null) return undefined;
  const whole = checkFor(schemas);
  if (whole !== undefined) return async (headers) => keepOthers(headers, await whole(headers));
  const each: [string, Check][] = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const check = checkFor(schema);
    if (check !== undefined) each.push([name.toLowerCase(), check]);
  }
  if (each.length === 0) return undefined;
  return async (headers) => {
    const value: Record<string, unknown> = { ...Object(headers) };
    const issues: StandardSchemaV1.Issue[] = [];
    for (const [name, check] of each) {
      const result = await check(value[name]);
      if (result.issues === undefined) value[name] = result.value;
      else for (const issue of result.issues) issues.push({ ...issue, path: [name, ...(issue.path ?? [])] });
    }
    return issues.length > 0 ? { issues } : { value };
  };
}

function keepOthers(headers: unknown, result: Checked): Checked {
  return result.issues === undefined ? { value: { ...Object(headers), ...Object(result.value) } } : result;
}
