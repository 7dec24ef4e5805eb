/**
 * What to look for so that a secret is found however it was written down: as it is, in JSON, a URL, HTML, a shell's
 * quotes, in hex or in base64. Letters, digits, `-` and `_` are the same in all but the last two, so the longest run of
 * them stands for the secret: a piece of a key is a leak too.
 */
export function formsOf(secret: string): readonly Buffer[] {
  const runs = secret.match(/[\w-]+/g) ?? [];
  const part = Buffer.from(runs.reduce((longest, run) => (run.length > longest.length ? run : longest), ''));
  if (part.length < 12) throw new Error('a secret of a test has a run of at least 12 letters and digits');
  const hex = part.toString('hex');
  return [part, ...[hex, hex.toUpperCase(), ...inBase64(part)].map((text) => Buffer.from(text))];
}

/** In both alphabets, whatever comes before it; the characters that depend on what stands around it are left out. */
function inBase64(bytes: Buffer): readonly string[] {
  const texts = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const own = text.slice(Math.ceil((before * 4) / 3), -1);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [...new Set(texts)];
}
