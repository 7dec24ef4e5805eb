import * as z from 'zod';

const Params = z.array(z.object({ name: z.string(), value: z.string() }));
export type SaasExtendParam = z.output<typeof Params>[number];

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The additional parameters of a V1 order, from `saasExtendParams` as it stands in the parsed query: a JSON list in
 * Base64, which may still be percent-encoded once more. `undefined` for anything else.
 */
export function readSaasExtendParams(text: string): readonly SaasExtendParam[] | undefined {
  try {
    const base64 = decodeURIComponent(text);
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    const { success, data } = Params.safeParse(JSON.parse(utf8.decode(bytes)));
    return success ? data : undefined;
  } catch {
    return undefined;
  }
}
