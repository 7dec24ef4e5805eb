import type { MistakeId } from './mistakes.ts';

/** A signature as received: the lower-case hex that a right one starts with, and what is wrong with its spelling. */
export interface ReceivedSignature {
  readonly hex: string;
  readonly mistakes: readonly MistakeId[];
}

/** A beginning of fewer digits than these proves nothing when thousands of variants are tried. */
const fewestDigits = 24;

const base64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** Reads a signature that should be 64 hex digits, or 32 bytes in Base64. `undefined` for what is neither. */
export function receivedSignature(received: string, form: 'hex' | 'base64'): ReceivedSignature | undefined {
  const bare = received.slice(0, 200).replaceAll(/^[\s"'“”]*(?:0x)?|[\s"'“”]+$/gi, '');
  const decorated: readonly MistakeId[] = bare === received ? [] : ['signature-decorated'];
  if (/^[0-9a-f]+$/i.test(bare) && bare.length >= fewestDigits && bare.length <= 64) {
    const inHex: readonly MistakeId[] = form === 'hex' ? [] : ['signature-hex'];
    const cut: readonly MistakeId[] = bare.length < 64 ? ['signature-truncated'] : [];
    return { hex: bare.toLowerCase(), mistakes: [...decorated, ...inHex, ...cut] };
  }
  const mended = bare.replaceAll(' ', '+');
  if (!base64.test(mended)) return undefined;
  const asBlank: readonly MistakeId[] = mended === bare || form === 'hex' ? [] : ['auth-token-plus-as-blank'];
  const inBase64: readonly MistakeId[] = form === 'base64' ? [] : ['signature-base64'];
  return { hex: Buffer.from(mended, 'base64').toString('hex'), mistakes: [...decorated, ...inBase64, ...asBlank] };
}
