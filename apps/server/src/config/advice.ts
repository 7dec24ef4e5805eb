import { keyClasses } from '@koobridge/contracts';
import type { Config } from './config.ts';
import { modulusBits } from './key-material.ts';

const shortToken = 16;
/** What the store demands of the key pair whose public key is uploaded. */
const documentedModulusBits = 3_072;

/** What is allowed and yet probably a mistake; told when the server starts. Names no value. */
export function advice({ keys, adminToken, kitPrivateKey, v1 }: Config): string[] {
  const inUse = keyClasses.filter((keyClass) => keyClass !== 'v1' || v1.enabled);
  // A key of another class is refused like a stranger's (R6), which looks like an attack.
  const told = inUse
    .filter((keyClass) => keys[keyClass].length === 0)
    .map((each) => `KOOBRIDGE_KEYS holds no ${each} key: every callback of that class will be refused`);
  if (keys.kit.length > 0 && kitPrivateKey === undefined) {
    told.push('KIT_PRIVATE_KEY is not set: the clientSecret of applicationSync cannot be decrypted');
  }
  if (kitPrivateKey !== undefined && modulusBits(kitPrivateKey) < documentedModulusBits) {
    told.push(`KIT_PRIVATE_KEY has fewer than the ${documentedModulusBits} bits that the store demands`);
  }
  for (const keyClass of inUse) {
    for (const { id } of keys[keyClass].filter((key) => /\s/.test(key.secret))) {
      told.push(`the ${keyClass} key ${id} holds white space, a line end perhaps: it may have been copied with it`);
    }
  }
  if (adminToken.length < shortToken) told.push(`KOOBRIDGE_ADMIN_TOKEN is shorter than ${shortToken} characters`);
  return told;
}
