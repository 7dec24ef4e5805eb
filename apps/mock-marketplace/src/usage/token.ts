import { type AccessKey, akskWindow, refusalSentence, verifyUsagePush } from '@koobridge/contracts';
import type { Check } from '../open-api/gateway.ts';
import { usagePushError } from './answer.ts';
import type { UsageRecords } from './queries.ts';

/** How far `ts` may lie from real time, in milliseconds: no page says, so as far as `X-Sdk-Date` may. */
const windowMs = akskWindow;

/**
 * The token of a push by the new interface: `signature`, `ts` and `nonce`, signed with a key of the base interfaces, in
 * real time (R23), each nonce once. Keys stay unnamed in every answer.
 */
export const pushToken =
  (keys: readonly AccessKey[], records: UsageRecords, realNow: () => number): Check =>
  (raw, { ctx }) => {
    const now = realNow();
    const headers = {
      signature: header(ctx.get('signature')),
      ts: header(ctx.get('ts')),
      nonce: header(ctx.get('nonce')),
    };
    const verification = verifyUsagePush({ headers, body: raw.bytes, text: raw.text(), keys, now, windowMs });
    if (!verification.ok) {
      const { refusal } = verification;
      const code = refusal.endsWith('-missing') ? 'MKT.0199' : refusal === 'member-repeated' ? 'MKT.0101' : 'MKT.0102';
      return usagePushError(code, refusalSentence(refusal, 'usage-push'));
    }
    const { nonce, keyId, timestamp } = verification;
    return records.useNonce(nonce, keyId, timestamp + windowMs, now)
      ? undefined
      : usagePushError('MKT.0102', refusalSentence('nonce-replayed', 'usage-push'));
  };

const header = (value: string): string | undefined => (value === '' ? undefined : value);
