import { toCurl } from '@koobridge/contracts';
import type { RequestToSend } from '../http/exchange.ts';

/** Longer ones are of no use in a terminal. */
const longestBody = 4096;

/** A curl line that sends the same bytes again while their token is fresh; `undefined` where none can. */
export function curlOf({ method, url, headers, body }: RequestToSend): string | undefined {
  if (body.length > longestBody || url.length > longestBody) return undefined;
  const named: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (Object.hasOwn(named, name)) return undefined; // a repeated header has no place in it
    named[name] = value;
  }
  return toCurl({ method, url, headers: named, body });
}
