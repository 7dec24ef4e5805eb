/** An answer as it came, and what JSON it holds. */
export interface ReceivedAnswer {
  readonly status: number;
  /** By lower-case name; of a repeated one the first. */
  readonly headers: ReadonlyMap<string, string>;
  /** Names and values in turn, in their own case: the store tells `Body-Sign` from `body-sign`. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
  /** The body as UTF-8, however broken. */
  readonly text: string;
  /** The body as a JSON object; `undefined` if it is none. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

export function readAnswer(status: number, rawHeaders: readonly string[], body: Uint8Array): ReceivedAnswer {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (!headers.has(name)) headers.set(name, rawHeaders[at + 1] ?? '');
  }
  return { status, headers, rawHeaders, body, text: new TextDecoder().decode(body), json: readObject(body) };
}

function readObject(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
