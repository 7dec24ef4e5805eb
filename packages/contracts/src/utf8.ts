const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of strict UTF-8, a byte order mark included; `undefined` for bytes that are none. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
