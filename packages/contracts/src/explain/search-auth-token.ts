import { createHash, createHmac } from 'node:crypto';
import { type AuthTokenParameter, signedParameters } from '../v1/auth-token-parameters.ts';
import type { Parameters } from './parameter-variants.ts';
import { mostMistakes, type SearchResult, search, type UsedKey } from './search.ts';
import { type Axes, combine, right, type Variant, wrong } from './variants.ts';

/** One way to sign the parameters of V1. */
interface Attempted {
  readonly parameters: Parameters;
  readonly selection: 'right' | 'with-token' | 'without-time';
  readonly order: 'sorted' | 'as-sent' | 'descending' | 'ignoring-case';
  readonly separator: '&' | '';
  readonly key: 'key-and-time' | 'key' | 'time-and-key' | 'none';
}

/** Looks for the mistakes under which an authToken verifies: any two of parameters, selection, order, separator and key. */
export function searchAuthToken(
  parameters: readonly Variant<Parameters>[],
  timeStamp: string,
  keys: readonly Variant<UsedKey>[],
  hex: string,
): SearchResult {
  const axes: Axes<Attempted> = {
    parameters,
    key: [
      right('key-and-time'),
      wrong('key', 'key-without-time-stamp'),
      wrong('time-and-key', 'key-behind-time-stamp'),
      wrong('none', 'hmac-left-out'),
    ],
    selection: [
      right('right'),
      wrong('with-token', 'auth-token-included'),
      wrong('without-time', 'time-stamp-left-out'),
    ],
    order: [
      right('sorted'),
      wrong('as-sent', 'parameters-unsorted'),
      wrong('descending', 'parameters-sorted-descending'),
      wrong('ignoring-case', 'parameters-sorted-ignoring-case'),
    ],
    separator: [right('&'), wrong('', 'separator-left-out')],
  };
  const bytes = Math.max(
    ...parameters.map(({ value }) => value.reduce((sum, [name, text]) => sum + name.length + text.length, 0)),
    0,
  );
  return search(
    combine(axes, mostMistakes),
    keys,
    (attempted, used) => ({
      bytes: 3 * bytes + 256,
      signature: () => {
        const text = signedText(attempted);
        const hash = hasher(attempted.key, used.secret, timeStamp);
        return hash.update(text).digest('hex');
      },
    }),
    hex,
  );
}

const hasher = (key: Attempted['key'], secret: string, timeStamp: string) =>
  ({
    'key-and-time': () => createHmac('sha256', `${secret}${timeStamp}`),
    key: () => createHmac('sha256', secret),
    'time-and-key': () => createHmac('sha256', `${timeStamp}${secret}`),
    none: () => createHash('sha256'),
  })[key]();

function signedText({ parameters, selection, order, separator }: Attempted): string {
  const signed = [...signedParameters(parameters)];
  // What stands in the place of the token while it is computed is empty.
  if (selection === 'with-token') signed.push(['authToken', '']);
  const selected = selection === 'without-time' ? signed.filter(([name]) => name !== 'timeStamp') : signed;
  return arranged(selected, order)
    .map(([name, value]) => `${name}=${value}`)
    .join(separator);
}

function arranged(parameters: readonly AuthTokenParameter[], order: Attempted['order']): readonly AuthTokenParameter[] {
  switch (order) {
    case 'as-sent':
      return parameters;
    case 'sorted':
      return parameters.toSorted(([a], [b]) => compare(a, b));
    case 'descending':
      return parameters.toSorted(([a], [b]) => compare(b, a));
    case 'ignoring-case':
      return parameters.toSorted(([a], [b]) => compare(a.toLowerCase(), b.toLowerCase()));
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
