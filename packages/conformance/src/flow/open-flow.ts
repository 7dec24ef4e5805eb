import { randomBytes } from 'node:crypto';
import type { AccessKey, KeyRings } from '@koobridge/contracts';
import type { Exchange, Limits, RequestToSend } from '../http/exchange.ts';
import type { Client } from '../http/send.ts';
import { askProbe, type ProbeAddress, type SubjectState } from '../probe/probe.ts';
import type { Profile } from '../profiles.ts';
import { type Text, text } from '../text.ts';
import type { Call, Variant } from './call.ts';
import { composeCall } from './compose.ts';
import { Blocked, Deviation, NotObservable } from './endings.ts';
import type { Flow, StateQuestion } from './flow.ts';
import { type Names, namesFrom } from './names.ts';
import { signAnew } from './sign-anew.ts';
import { type Sending, stepOf } from './step.ts';

/** What the calls of a profile look like; the cases of a profile stand beside it. */
export interface ProfileCalls {
  /** A real call about a fresh subject. May send set-up calls of its own. */
  specimen(flow: Flow): Promise<Call>;
  /** One call of every interface, with `testFlag` 1. */
  debugging(names: Names): readonly Call[];
}

export interface FlowSetting {
  /** The production address, without a slash at its end. */
  readonly address: string;
  readonly profile: Profile;
  readonly calls: ProfileCalls;
  readonly keys: KeyRings;
  /** What the rings held once, and the server must have forgotten. */
  readonly retiredKeys: KeyRings | undefined;
  readonly seed: string;
  readonly caseId: string;
  readonly client: Client;
  readonly limits: Limits;
  readonly probe: ProbeAddress | undefined;
  /** How far the server's clock is ahead, in milliseconds; `undefined` where it does not tell. */
  readonly clockSkewMs: number | undefined;
  /** Codes that the server knows, each good for one case; `undefined` where it adopts those it never saw (R19). */
  readonly licenses: string[] | undefined;
  readonly restart: (() => Promise<void>) | undefined;
  readonly serverLog: (() => Promise<string>) | undefined;
}

function namesOf({ seed, caseId, licenses }: FlowSetting): Names {
  const names = namesFrom(seed, caseId);
  if (licenses === undefined) return names;
  const license = () => {
    const code = licenses.shift();
    if (code === undefined) throw new Blocked(noMoreCodes);
    return code;
  };
  return { ...names, license };
}

const noMoreCodes = text(
  'the server takes only License codes that it knows, which a ruling leaves to it: tell it of some, and give them with --licenses',
  '服务器只接受已知的授权码（裁定允许如此）：请预先登记一些，并用 --licenses 提供',
);

const stranger: AccessKey = { id: 'stranger', secret: randomBytes(24).toString('base64url') };

/** The flow of one case. */
export function openFlow(setting: FlowSetting): Flow {
  const { address, profile, keys, client, limits } = setting;
  const [own = stranger, next] = keys[profile.keyClass];
  const names = namesOf(setting);
  const compose = (call: Call, variant: Variant) =>
    composeCall(address, call, own, Date.now() + (setting.clockSkewMs ?? 0), variant);
  const requestOf = (call: Call, variant: Variant): RequestToSend => {
    const signArguments = signAnew(call, variant, keys, profile);
    return { ...compose(call, variant).request, ...(signArguments === undefined ? {} : { signArguments }) };
  };
  const send = (call: Call, variant: Variant = {}): (() => Sending) => {
    return () => {
      const request = requestOf(call, variant);
      return { request, send: () => client.send(request, limits), processingToo: mayGoOn(call) };
    };
  };
  const flow: Flow = {
    names,
    keys: {
      own,
      second: () => next ?? missing(text('a second key of the ring', '同一密钥环中的第二个密钥')),
      ofOtherRing: () => otherKey(keys, profile, own) ?? missing(text('a key of another ring', '另一密钥环中的密钥')),
      retired: () =>
        setting.retiredKeys?.[profile.keyClass][0] ??
        missing(text('a retired key of the ring (--retired-keys)', '同一密钥环中已停用的密钥（--retired-keys）')),
      stranger,
    },
    specimen: () => setting.calls.specimen(flow),
    needsServerClock: () => {
      if (setting.clockSkewMs === undefined) missing(text('a Date header in the answers', '应答中的 Date 消息头'));
    },
    debuggingCalls: () => setting.calls.debugging(names),
    send: (call, variant) => stepOf(send(call, variant)),
    request: ({ path = '', method = 'POST', headers = [['Content-Type', 'application/json']], body = empty }) =>
      stepOf(() => {
        const request: RequestToSend = { method, url: address + path, headers, body };
        return { request, send: () => client.send(request, limits), processingToo: false };
      }),
    raw: (call, parts, { variant = {}, thenClose = false } = {}) =>
      stepOf(() => {
        const { request } = compose(call, variant);
        const sendBytes = (): Promise<Exchange> =>
          client.sendRaw({ url: address, parts: parts(request), thenClose }, limits);
        return { request, send: sendBytes, processingToo: mayGoOn(call) };
      }),
    state: (kind, id) => question(setting, kind, id),
    restart: async () => {
      const restart =
        setting.restart ?? missing(text('a way to restart the server (--restart)', '重启服务器的方式（--restart）'));
      return setUp(restart, text('the server could not be restarted', '无法重启服务器'));
    },
    serverLog: async () => {
      const read =
        setting.serverLog ?? missing(text('the log of the server (--server-log)', '服务器的日志（--server-log）'));
      return setUp(read, text('the log of the server could not be read', '无法读取服务器日志'));
    },
    secretsOf: (call, variant = {}) => {
      const { rightSignature } = compose(call, variant);
      return [...secretsIn(keys), ...secretsIn(setting.retiredKeys ?? {}), rightSignature];
    },
  };
  return flow;
}

const secretsIn = (rings: Partial<KeyRings>): readonly string[] =>
  Object.values(rings).flatMap((ring) => ring.map(({ secret }) => secret));

const empty = new Uint8Array();

/** What may take longer than a call: its outcome is told later. */
const mayGoOn = ({ message: { activity } }: Call): boolean =>
  activity === 'newInstance' || activity === 'getLicense' || activity === 'getLicenseAsync';

function otherKey(keys: KeyRings, profile: Profile, own: AccessKey): AccessKey | undefined {
  return Object.entries(keys)
    .filter(([keyClass]) => keyClass !== profile.keyClass)
    .flatMap(([, ring]) => ring)
    .find(({ secret }) => secret !== own.secret);
}

function missing(what: { readonly en: string; readonly zh: string }): never {
  throw new NotObservable(text(`needs ${what.en}`, `需要${what.zh}`));
}

/** What fails here is the set-up, neither the server nor the case. */
async function setUp<T>(run: () => Promise<T>, what: Text): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Blocked(text(`${what.en}: ${why}`, `${what.zh}：${why}`));
  }
}

function question(setting: FlowSetting, kind: 'licenses' | 'instances', id: string): StateQuestion {
  const ask = async () => {
    if (setting.probe === undefined)
      throw new NotObservable(text('needs the state probe (--probe)', '需要状态探针（--probe）'));
    const reading = await askProbe(setting.client, setting.probe, kind, id, setting.limits);
    if (!reading.ok) throw new Blocked(reading.problem);
    return reading.state;
  };
  return {
    async is(expected) {
      const state = await ask();
      const differs =
        state === undefined ||
        (expected.status !== undefined && state.status !== expected.status) ||
        (expected.expiresAt !== undefined && state.expiresAt !== expected.expiresAt);
      if (differs) throw new Deviation(stateInWords(expected), stateInWords(state));
    },
    async absent() {
      const state = await ask();
      if (state !== undefined) throw new Deviation(text('nothing there', '不存在'), stateInWords(state));
    },
  };
}

function stateInWords(state: Partial<SubjectState> | undefined) {
  if (state === undefined) return text('nothing there', '不存在');
  const { status, expiresAt } = state;
  const until = expiresAt === undefined ? '' : expiresAt === null ? 'null' : new Date(expiresAt).toISOString();
  return text(
    [status ?? '', until === '' ? '' : `expiring ${until}`].filter(Boolean).join(', '),
    [status ?? '', until === '' ? '' : `到期时间 ${until}`].filter(Boolean).join('，'),
  );
}
