import { isKitActivityName } from '@koobridge/contracts';
import type { Message } from '../callbacks/message.ts';
import type { SignedCall } from '../callbacks/send.ts';
import type { Signer } from '../callbacks/sign-call.ts';
import type { Attack } from './profile.ts';

const beyondWindow = 2 * 60_000;

/** A call that must be refused, made from one that was taken: what anybody could send who saw it, or guesses. */
export function attackCall(attack: Attack, message: Message, taken: SignedCall, sign: Signer): SignedCall {
  const { activity } = message;
  switch (attack) {
    case 'replayed':
      return taken;
    case 'stale':
      return sign(activity, taken.body, { skewMs: -beyondWindow }).call;
    case 'from-the-future':
      return sign(activity, taken.body, { skewMs: beyondWindow }).call;
    case 'wrong-key':
      return sign(activity, taken.body, { accessKey: 'an accessKey that nobody was given' }).call;
    case 'altered-body':
      return { ...sign(activity, taken.body).call, body: altered(taken.body) };
    case 'altered-signature':
      return withAlteredSignature(sign(activity, taken.body).call, isKitActivityName(activity));
    case 'no-token':
      return withoutToken(taken);
  }
}

/** One more member, which the signature does not cover; the body stays readable, and so would be taken. */
const altered = (body: string): string => `{"altered":"yes",${body.slice(1)}`;

function withAlteredSignature(call: SignedCall, kit: boolean): SignedCall {
  if (!kit) return { ...call, url: call.url.replace(/(signature=)(.)/, (_, name, digit) => name + another(digit)) };
  const sign = call.headers['x-sign'] ?? '';
  return { ...call, headers: { ...call.headers, 'x-sign': another(sign.charAt(0)) + sign.slice(1) } };
}

const another = (digit: string): string => (digit === '0' ? '1' : '0');

function withoutToken({ url, headers, body }: SignedCall): SignedCall {
  const [address = ''] = url.split('?', 1);
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('x-'));
  return { url: address, headers: Object.fromEntries(kept), body };
}
