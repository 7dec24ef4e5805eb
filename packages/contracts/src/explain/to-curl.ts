import { decodeUtf8 } from '../utf8.ts';

/** A signed request, ready to be sent. */
export interface RequestToPrint {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body exactly as signed; text is sent as UTF-8. */
  readonly body: string | Uint8Array;
}

/**
 * Prints a request as a curl command line that sends exactly these bytes, quoted for a POSIX shell: bytes that are no
 * printable text stand in `$'…'`. `undefined` for a request that holds a NUL, which no argument of a program can carry.
 */
export function toCurl({ method, url, headers, body }: RequestToPrint): string | undefined {
  const bytes = Buffer.from(body);
  const texts = [method, url, ...Object.entries(headers).flat()];
  if (bytes.includes(0) || texts.some((text) => text.includes('\0'))) return undefined;

  const hasBody = bytes.length > 0;
  const lines = [`curl${/[[\]{}]/.test(url) ? ' --globoff' : ''} --url ${quote(Buffer.from(url))}`];
  if (method.toUpperCase() !== (hasBody ? 'POST' : 'GET')) lines.push(`-X ${quote(Buffer.from(method))}`);
  for (const [name, value] of Object.entries(headers)) {
    lines.push(`-H ${quote(Buffer.from(value.trim() === '' ? `${name};` : `${name}: ${value}`))}`);
  }
  if (hasBody) lines.push(`--data-raw ${quote(bytes)}`);
  return lines.join(' \\\n  ');
}

function quote(bytes: Buffer): string {
  const text = decodeUtf8(bytes);
  if (text !== undefined && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = bytes
    .toString('latin1')
    .replaceAll(/['\\]/g, '\\$&')
    // The letter behind an escape may be a hex digit; a shell reads no more than two.
    .replaceAll(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `$'${escaped}'`;
}
