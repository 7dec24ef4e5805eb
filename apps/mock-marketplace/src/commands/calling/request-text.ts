import type { RequestParts } from '@koobridge/contracts';
import * as z from 'zod';

const Parts = z.object({
  method: z.string().optional(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
});

/** An attempt of a message holds the request as `sent`. */
const Json = z.union([Parts, z.object({ sent: Parts }).transform(({ sent }) => sent)]);

/**
 * A request as people have it: JSON with its parts, the request as it goes over the wire, or else a curl command line,
 * which is answered as text.
 */
export function readRequestText(bytes: Buffer): string | RequestParts {
  const text = bytes.toString();
  if (/^\s*\{/.test(text)) {
    const parts = readParts(text);
    if (parts !== undefined) return parts;
  }
  return readWire(bytes) ?? text;
}

function readParts(text: string): RequestParts | undefined {
  try {
    return Json.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** `POST /production?… HTTP/1.1`, headers, an empty line and the body, of which no byte may be lost. */
function readWire(bytes: Buffer): RequestParts | undefined {
  const latin = bytes.toString('latin1');
  const [, method, url] = /^([A-Z]+) (\S+)(?: HTTP\/\d(?:\.\d)?)?\r?(?:\n|$)/.exec(latin) ?? [];
  if (method === undefined || url === undefined) return undefined;
  const gap = /\r?\n\r?\n/.exec(latin) ?? { index: latin.length, 0: '' };
  const [, ...lines] = latin.slice(0, gap.index).split(/\r?\n/);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon)] ??= line.slice(colon + 1).trim();
  }
  const body = bytes.subarray(gap.index + gap[0].length);
  const length = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? '';
  // An editor may have added a line end behind the body.
  return { method, url, headers, body: /^\d+$/.test(length) ? body.subarray(0, Number(length)) : body };
}
