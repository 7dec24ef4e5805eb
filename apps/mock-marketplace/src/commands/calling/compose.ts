import { randomInt } from 'node:crypto';
import { composeBody } from '@koobridge/contracts';
import { type CallName, CallNameSchema, calls } from '../../callbacks/calls.ts';
import { callSigner } from '../../callbacks/sign-call.ts';
import { type Misuse, misuse } from '../exit-code.ts';
import { readBytes } from '../files.ts';
import { suggestion } from '../nearest.ts';
import type { Terminal } from '../terminal.ts';
import { documentedBody } from './bodies.ts';
import { type Corruption, corrupt, corruptions, isCorruption } from './corrupt.ts';
import { readDuration } from './duration.ts';
import { chooseKey, keySettings } from './keys.ts';
import { readSetting, setMember } from './set-member.ts';

/** The values of `callingOptions`. */
export interface Wish {
  readonly set?: readonly string[] | undefined;
  readonly body?: string | undefined;
  readonly to?: string | undefined;
  readonly 'test-flag'?: boolean | undefined;
  readonly key?: string | undefined;
  readonly stale?: string | undefined;
  readonly ahead?: string | undefined;
  readonly corrupt?: string | undefined;
}

export interface SignedRequest {
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Refused = { readonly ok: false } & Misuse;
export const no = (problem: string): Refused => ({ ok: false, ...misuse(`${problem}.`) });

/** What holds for every scheme: members that were set, the age of the token, what is corrupted. */
export interface Manner {
  readonly ok: true;
  readonly settings: readonly { readonly path: readonly string[]; readonly value: unknown }[];
  /** Real time at which the token claims to be made, relative to now, in milliseconds. */
  readonly offset: number;
  readonly corruption: Corruption | undefined;
}

export function readManner({ set = [], stale, ahead, corrupt: what }: Wish): Manner | Refused {
  const settings: { path: readonly string[]; value: unknown }[] = [];
  for (const text of set) {
    const setting = readSetting(text);
    if (!setting.ok) return no(setting.problem);
    settings.push(setting);
  }
  if (stale !== undefined && ahead !== undefined) return no('a token is stale or ahead, not both');
  const age = readDuration(stale ?? ahead ?? '0s');
  if (age === undefined) return no('--stale and --ahead take a number with ms, s, m, h or d, such as 6m');
  if (what !== undefined && !isCorruption(what)) {
    return no(`--corrupt takes one of ${corruptions.join(', ')}`);
  }
  return { ok: true, settings, offset: ahead === undefined ? -age : age, corruption: what };
}

export interface Composed {
  readonly ok: true;
  readonly activity: CallName;
  /** Signs the call, each time with a token of its own and, where the body is not given, what differs in every request. */
  sign(): SignedRequest;
  /** Why a receiver ought to refuse it (R7); `undefined` for a call that verifies. */
  readonly flaw: string | undefined;
  /** How the body differs from what is documented. */
  readonly undocumented: string | undefined;
}

/** The window of a token, on both sides (R2). */
const windowMs = 60_000;

export const draw = (length: number): string =>
  Array.from({ length }, () => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'.charAt(randomInt(32))).join('');

/** A call of 2.0 or of the Kit, from a documented body and what the command line changes of it. */
export async function compose(name: string, wish: Wish, terminal: Terminal): Promise<Composed | Refused> {
  const named = CallNameSchema.safeParse(name);
  if (!named.success) return no(unknownActivity(name, CallNameSchema.options));
  const activity = named.data;
  const manner = readManner(wish);
  if (!manner.ok) return manner;
  const settings = keySettings(terminal, wish);
  if (!settings.ok) return settings;
  const { keyClass, request } = calls[activity];
  const choice = chooseKey(settings.keys, keyClass, wish.key);
  if (!choice.ok) return choice;
  const given = await givenBody(wish, manner, terminal);
  if (!given.ok) return given;

  const { offset, corruption } = manner;
  const keys = { ...settings.keys, [keyClass]: [choice.key] };
  const signer = callSigner(settings.productionAddress, keys, () => terminal.now() + offset);
  const testFlag = wish['test-flag'] ?? false;
  const members = documentedBody(activity, { now: terminal.now(), draw, testFlag });
  /** Another one in every request, also when the same order line is repeated (R15). */
  const anew = () => ('businessId' in members ? { ...members, businessId: draw(32) } : members);
  const bodyOf = () => given.body ?? composeBody(Object(settled(anew(), manner)));
  const reading = request.safeParse(readJson(bodyOf()));
  const [issue] = reading.error?.issues ?? [];
  return {
    ok: true,
    activity,
    sign: () => {
      const signed: SignedRequest = { method: 'POST', ...signer(activity, bodyOf()).call };
      return corruption === undefined ? signed : corrupt(signed, corruption);
    },
    flaw:
      corruption === undefined
        ? Math.abs(offset) > windowMs
          ? 'its timestamp'
          : undefined
        : `its changed ${corruption}`,
    undocumented: issue === undefined ? undefined : `${issue.path.join('.') || 'the body'}: ${issue.message}`,
  };
}

/** `--body`, with `--set` applied where there is any, which needs a JSON object. */
async function givenBody(
  { body: file }: Wish,
  manner: Manner,
  terminal: Terminal,
): Promise<{ readonly ok: true; readonly body: string | undefined } | Refused> {
  if (file === undefined) return { ok: true, body: undefined };
  const bytes = await readBytes(file, terminal);
  if (!bytes.ok) return bytes;
  const text = bytes.value.toString();
  if (manner.settings.length === 0) return { ok: true, body: text };
  const value = readJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return no('--set needs a --body that is a JSON object');
  }
  return { ok: true, body: composeBody(Object(settled(value, manner))) };
}

/** A body with every member that was set. */
export const settled = (members: unknown, { settings }: Manner): unknown =>
  settings.reduce((body, { path, value }) => setMember(body, path, value), members);

export const unknownActivity = (name: string, names: readonly string[]): string =>
  `there is no activity "${name}": they are ${names.join(', ')}.${suggestion(name, names)}`.replace(/\.$/, '');

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
