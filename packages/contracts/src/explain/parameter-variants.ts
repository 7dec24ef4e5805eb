import { compact } from '../json/sort-members.ts';
import { stringTokenValue } from '../json/string-token.ts';
import { topLevelMembers } from '../json/top-level-members.ts';
import { type AuthTokenParameter, memberParameters, queryParameters } from '../v1/auth-token-parameters.ts';
import { decoded, rawPairs } from './find-token.ts';
import { right, type Variant, wrong } from './variants.ts';

/** The parameters of a V1 request as they may have been read, the `authToken` among them where it is one. */
export type Parameters = readonly AuthTokenParameter[];

/** Readings of a query: decoded (right, R25), with plus signs as blanks, as it stands, or decoded twice. */
export function queryVariants(query: string): readonly Variant<Parameters>[] {
  const percent = queryParameters(query, 'percent');
  const form = queryParameters(query, 'form');
  const raw = [...rawPairs(query)].map(({ name, raw: value }): AuthTokenParameter => [name, value]);
  if (!percent.ok) return [wrong(raw, 'values-encoded')];
  const each = (change: (value: string) => string) =>
    percent.parameters.map(([name, value]): AuthTokenParameter => [name, change(value)]);
  return [
    right(percent.parameters),
    ...(form.ok ? [right(form.parameters)] : []),
    wrong(raw, 'values-encoded'),
    wrong(each(percentEncoded), 'values-encoded'),
    wrong(each(formEncoded), 'values-encoded'),
    wrong(each(decoded), 'values-decoded-twice'),
    wrong(
      percent.parameters.filter(([, value]) => value.trim() !== ''),
      'blank-values-skipped',
    ),
  ];
}

/** Readings of a body: without blank members (right, R25), with them, or with encoded or decoded values. */
export function memberVariants(text: string): readonly Variant<Parameters>[] {
  const members = memberParameters(text);
  if (!members.ok) return [];
  const each = (change: (value: string) => string) =>
    members.parameters.map(([name, value]): AuthTokenParameter => [name, change(value)]);
  return [
    right(members.parameters),
    wrong(withBlanks(text, ''), 'blank-values-kept'),
    wrong(withBlanks(text, 'null'), 'blank-values-kept'),
    wrong(each(percentEncoded), 'values-encoded'),
    wrong(each(formEncoded), 'values-encoded'),
    wrong(each(decoded), 'values-decoded-twice'),
  ];
}

/** Every member, an absent one as the given text. */
function withBlanks(text: string, absent: string): Parameters {
  const parameters = new Map<string, string>();
  for (const { name, start, end } of topLevelMembers(text)) {
    const isText = text[start] === '"';
    const value = (isText ? stringTokenValue(text.slice(start, end)) : compact(text, start, end)) ?? '';
    parameters.set(name, !isText && value === 'null' ? absent : value);
  }
  return [...parameters];
}

const percentEncoded = (value: string): string => encodeURIComponent(value.toWellFormed());

const formEncoded = (value: string): string => percentEncoded(value).replaceAll('%20', '+');
