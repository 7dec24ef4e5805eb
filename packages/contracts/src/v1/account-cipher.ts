import { createCipheriv, createDecipheriv, randomInt } from 'node:crypto';
import { decodeUtf8 } from '../utf8.ts';
import type { EncryptType } from './encrypt-type.ts';
import { sha1prng } from './sha1prng.ts';

/**
 * Names, passwords, phone numbers and mail addresses of the retired V1: a 16-character IV in clear, then the Base64 of
 * AES-CBC with PKCS#5 padding (page `accessg-marketplace/zh-cn_topic_0272346898`). The AES key is drawn from the accessKey,
 * never the accessKey itself.
 */

export type AccountKeyBits = 128 | 256;

/** The length of the AES key by `encryptType`; one that is absent means `'1'`. */
export const accountKeyBits = { '1': 256, '2': 128 } as const satisfies Record<EncryptType, AccountKeyBits>;

export interface AccountCipher {
  readonly bits: AccountKeyBits;
  /** 16 ASCII letters or digits; random ones unless given. */
  readonly iv?: string;
}

/** Encrypts text in UTF-8. Throws a RangeError for an IV that is not 16 letters or digits. */
export function encryptAccount(plaintext: string, accessKey: string, { bits, iv = randomIv() }: AccountCipher): string {
  if (!ivForm.test(iv)) throw new RangeError('the IV must be 16 ASCII letters or digits');
  const cipher = createCipheriv(`aes-${bits}-cbc`, aesKey(accessKey, bits), Buffer.from(iv));
  return iv + Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]).toString('base64');
}

/** Every reason account data cannot be decrypted for, with a sentence for people. */
const reasons = {
  'account-malformed': 'The value is not 16 letters or digits followed by the Base64 of whole AES blocks.',
  'account-undecryptable': 'The value does not decrypt to text under this key and key length.',
} as const satisfies Record<string, string>;

export type AccountRefusal = keyof typeof reasons;
export const accountRefusals = Object.keys(reasons) as AccountRefusal[]; // the keys of a literal are exactly its type's
export const accountRefusalSentence = (refusal: AccountRefusal): string => reasons[refusal];

export type AccountDecryption =
  | { readonly ok: true; readonly plaintext: string }
  | { readonly ok: false; readonly refusal: AccountRefusal };

/**
 * Decrypts what `encryptAccount` made. Nothing vouches for a value but the token of the request that brings it: a wrong
 * key is noticed by its padding, or by text that is no UTF-8, or rarely not at all. Never throws.
 */
export function decryptAccount(text: string, accessKey: string, bits: AccountKeyBits): AccountDecryption {
  const iv = text.slice(0, 16);
  const ciphertext = Buffer.from(text.slice(16), 'base64');
  const isWhole = ciphertext.length > 0 && ciphertext.length % 16 === 0;
  if (!ivForm.test(iv) || !isWhole || ciphertext.toString('base64') !== text.slice(16)) {
    return { ok: false, refusal: 'account-malformed' };
  }
  try {
    const decipher = createDecipheriv(`aes-${bits}-cbc`, aesKey(accessKey, bits), Buffer.from(iv));
    const plaintext = decodeUtf8(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
    if (plaintext !== undefined) return { ok: true, plaintext };
  } catch {
    // The padding is not one that encrypting leaves.
  }
  return { ok: false, refusal: 'account-undecryptable' };
}

const aesKey = (accessKey: string, bits: AccountKeyBits): Uint8Array => sha1prng(Buffer.from(accessKey), bits / 8);

const ivForm = /^[A-Za-z0-9]{16}$/;
const ivAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const randomIv = (): string => Array.from({ length: 16 }, () => ivAlphabet[randomInt(ivAlphabet.length)]).join('');
