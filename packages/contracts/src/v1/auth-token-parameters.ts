import { compact } from '../json/sort-members.ts';
import { stringTokenValue } from '../json/string-token.ts';
import { topLevelMembers } from '../json/top-level-members.ts';
import type { AuthTokenRefusal } from './auth-token-refusal.ts';

/** A parameter as it is signed: decoded, and a number or a nested value as its JSON text. */
export type AuthTokenParameter = readonly [name: string, value: string];

/** Documented requests have a few dozen parameters; more than these are not sorted for somebody without a key. */
const mostParameters = 1_000;

/** A reading of the parameters that are signed, or why there is none. */
type ParametersReading<R extends AuthTokenRefusal> =
  | { readonly ok: true; readonly parameters: readonly AuthTokenParameter[] }
  | { readonly ok: false; readonly refusal: R | 'parameters-too-many' };

/**
 * The pairs of a raw query string in its order, names and values percent-decoded. A plus sign stands for itself
 * (`percent`) or for a blank (`form`). An empty pair is none; a bare name has an empty value.
 */
export function queryParameters(query: string, plus: 'percent' | 'form'): ParametersReading<'parameter-malformed'> {
  const pairs = query.split('&', mostParameters + 1);
  if (pairs.length > mostParameters) return { ok: false, refusal: 'parameters-too-many' };
  const decode = (text: string) => decodeURIComponent(plus === 'form' ? text.replaceAll('+', ' ') : text);
  try {
    const parameters = pairs
      .filter((pair) => pair !== '')
      .map((pair): AuthTokenParameter => {
        const equals = pair.indexOf('=');
        return equals === -1 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
      });
    return { ok: true, parameters };
  } catch {
    return { ok: false, refusal: 'parameter-malformed' };
  }
}

/**
 * The top-level members of a JSON object in its order, without those that are null, empty or blank. Numbers are the
 * token as received, and nested values their text without white space between tokens, which no page lays down. A text
 * that is no JSON may be read all the same: whoever cares parses it.
 */
export function memberParameters(text: string): ParametersReading<'body-unreadable'> {
  const parameters = new Map<string, string>(); // of a repeated name the last one stays, as in a parser
  const walk = topLevelMembers(text);
  let step = walk.next();
  for (; !step.done; step = walk.next()) {
    const { name, start, end } = step.value;
    const isText = text[start] === '"';
    const value = isText ? stringTokenValue(text.slice(start, end)) : compact(text, start, end);
    if (value === undefined) return { ok: false, refusal: 'body-unreadable' };
    if (parameters.size >= mostParameters) return { ok: false, refusal: 'parameters-too-many' };
    parameters.set(name, !isText && value === 'null' ? '' : value);
  }
  if (!step.value) return { ok: false, refusal: 'body-unreadable' };
  return { ok: true, parameters: [...parameters].filter(([, value]) => value.trim() !== '') };
}

/** The parameters by name, without `authToken`; of a repeated name the first value counts. */
export function signedParameters(parameters: Iterable<AuthTokenParameter>): ReadonlyMap<string, string> {
  const signed = new Map<string, string>();
  for (const [name, value] of parameters) if (name !== 'authToken' && !signed.has(name)) signed.set(name, value);
  return signed;
}
