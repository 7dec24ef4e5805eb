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

/** A command that signs the same body anew and sends it; `undefined` where the oddity of a call is no option of it. */
export function signOf({ body, signArguments }: RequestToSend, address: string): string | undefined {
  const text = Buffer.from(body).toString();
  if (signArguments === undefined || body.length > longestBody || /[\p{Cc}\ufffd]/u.test(text)) return undefined;
  const sign = ['mock-marketplace', 'sign', ...signArguments, '--to', address, '--body', '-'].map(shellWord).join(' ');
  return `printf %s ${shellWord(text)} | ${sign} | sh`;
}

/** A word of a command line, in quotes where a shell would read anything into it. */
export const shellWord = (word: string): string =>
  /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
