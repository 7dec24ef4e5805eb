import { randomBytes } from 'node:crypto';
import type { AccessKey, KeyRings } from '@koobridge/contracts';
import type { Call, Variant } from '../flow/call.ts';
import { composeCall } from '../flow/compose.ts';
import { codeOf } from '../flow/judge.ts';
import { namesFrom } from '../flow/names.ts';
import type { ProfileCalls } from '../flow/open-flow.ts';
import { seen } from '../flow/words.ts';
import type { Exchange, Limits, Unanswered } from '../http/exchange.ts';
import type { Client } from '../http/send.ts';
import { moments, renewal } from '../messages/license.ts';
import type { Profile } from '../profiles.ts';
import { type Text, text } from '../text.ts';

export type Preflight =
  | {
      readonly ok: true;
      readonly clockSkewMs: number | undefined;
      /** Real calls about a License code that was never seen are taken (R19). */
      readonly adopts: boolean;
    }
  /** A set-up error, which is never a defect of the server. */
  | { readonly ok: false; readonly reason: Text };

export interface PreflightSetting {
  readonly address: string;
  readonly profile: Profile;
  readonly calls: ProfileCalls;
  readonly keys: KeyRings;
  readonly seed: string;
  readonly client: Client;
  readonly limits: Limits;
}

/** A clock that is further away than this would turn verdicts on timestamps into accusations. */
const worstSkewMs = 10_000;

/**
 * Whether a profile can be judged at all: somebody answers there, the clocks agree, and the key is the server's. The
 * key counts as accepted as soon as a call of it is answered otherwise than the same call of a key nobody knows.
 */
export async function preflight(setting: PreflightSetting): Promise<Preflight> {
  const { address, profile, calls, keys, client, limits } = setting;
  const [own] = keys[profile.keyClass];
  if (own === undefined) {
    return failed(`there is no key of the ring "${profile.keyClass}"`, `密钥环“${profile.keyClass}”中没有密钥`);
  }
  const [call] = calls.debugging(namesFrom(setting.seed, `preflight ${profile.id}`));
  if (call === undefined) return failed('the profile has no calls', '该类型没有调用');
  const send = (variant: Variant, key: AccessKey = own) =>
    client.send(composeCall(address, call, key, Date.now(), variant).request, limits);

  const first = await send({});
  if (first.kind === 'unanswered') {
    const { en, zh } = seen(first);
    const hint = hintOf(first, address);
    return failed(`the server cannot be reached: ${en}${hint.en}`, `无法访问服务器：${zh}${hint.zh}`);
  }
  const skew = clockSkew(first);
  if (skew !== undefined && Math.abs(skew) > worstSkewMs) {
    const seconds = Math.round(skew / 1000);
    return failed(
      `the clocks differ by ${seconds} s: set them first, tokens are good for 60 s`,
      `双方时钟相差 ${seconds} 秒：令牌仅在 60 秒内有效，请先校准时钟`,
    );
  }
  const passed = async (): Promise<Preflight> => ({ ok: true, clockSkewMs: skew, adopts: await adopts(setting, own) });
  if (!isOfToken(first)) return passed();
  const stranger = await send({}, { id: 'stranger', secret: randomBytes(24).toString('base64url') });
  if (codeOf(stranger) !== codeOf(first) || statusOf(stranger) !== statusOf(first)) return passed();
  for (const variant of others(call)) {
    if (!isOfToken(await send(variant))) return passed();
  }
  const { en, zh } = seen(first);
  return failed(
    `the server accepts no call signed with the key "${own.id}" of the ring "${profile.keyClass}" (${en}): is it the server's key, and is this its production address?`,
    `服务器不接受用密钥环“${profile.keyClass}”中密钥“${own.id}”签名的任何调用（${zh}）：请确认密钥与生产地址是否正确`,
  );
}

async function adopts({ address, profile, seed, client, limits }: PreflightSetting, key: AccessKey): Promise<boolean> {
  if (profile.id !== 'license') return true;
  const names = namesFrom(seed, 'adoption');
  const call = renewal(names, names.unknownLicense(), moments.near.written);
  return codeOf(await client.send(composeCall(address, call, key, Date.now(), {}).request, limits)) !== '000003';
}

/** A server of TLS hangs up on a request that is none. */
const hintOf = ({ silence }: Unanswered, address: string): Text =>
  address.startsWith('http:') && (silence === 'cut' || silence === 'garbled')
    ? text('; is its address https:// ?', '；地址是否应为 https:// ？')
    : text('', '');

const failed = (en: string, zh: string): Preflight => ({ ok: false, reason: text(en, zh) });

/** Other ways in which a server may read the formula; one that works shows that the key is right. */
const others = (call: Call): readonly Variant[] => [
  { token: ({ signature }) => ({ signature: [signature.toLowerCase()] }) },
  ...(call.carrier === 'query' ? [{ query: (query: string) => query.split('&').reverse().join('&') }] : []),
];

const statusOf = (exchange: Exchange): number => (exchange.kind === 'answered' ? exchange.answer.status : 0);

/** The answer may be about the token. */
function isOfToken(exchange: Exchange): boolean {
  const code = codeOf(exchange);
  return code === '000001' || code === '000002' || (code === undefined && statusOf(exchange) !== 200);
}

/** How far the server's clock is ahead, by its Date header; what whole seconds cannot tell is 0. `undefined` without one. */
function clockSkew(exchange: Exchange): number | undefined {
  const date = exchange.kind === 'answered' ? exchange.answer.headers.get('date') : undefined;
  const moment = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(moment)) return undefined;
  // The header drops the fraction of its second, half a second on average.
  const skew = moment + 500 - Date.now();
  return Math.abs(skew) <= unseenSkewMs ? 0 : skew;
}

const unseenSkewMs = 1_500;
