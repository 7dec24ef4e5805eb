import fc from 'fast-check';
import type { AuthTokenParameter } from '../../src/index.ts';
import { anyText } from '../token/requests.ts';

export const key = '00000000-1111-2222-3333-444444444444';
export const keys = [{ id: 'v1', secret: key }];
export const timeStamp = '20170621185532100';
export const now = Date.parse('2017-06-21T18:55:32.100Z');
/** The same digits in a Kit body stand for eight hours earlier. */
export const kitNow = Date.parse('2017-06-21T10:55:32.100Z');

/** Names and values that a URL can carry; some names repeat, some are those of objects. */
const anyName = fc.oneof(
  fc.constantFrom('a', 'b', 'A', '__proto__', 'constructor', 'a b', 'a+b', 'a&b', 'a=b', '%', '名'),
  anyText(),
);
export const anyParameters = fc
  .array(fc.tuple(anyName, anyText()))
  .map((pairs): AuthTokenParameter[] => [
    ...pairs.filter(([name]) => name !== 'authToken' && name !== 'timeStamp'),
    ['timeStamp', timeStamp],
  ]);
