/** The login of the Kit on a tenant's own domain (`accessg-marketplace/zh-cn_topic_0070649448` to `…450`). */
import {
  KitLoginError,
  type KitOrigin,
  KitTokenAnswer,
  type KitTokenRequest,
  KitUserInfo,
  kitLoginApi,
  kitOrigin,
} from '@koobridge/contracts';
import type * as z from 'zod';
import type { KitClient } from '../tenants/tenants.ts';
import { reasonOf } from './client.ts';
import { limitedJson } from './limited-json.ts';

/** Exchanges what a browser brought back. Every failure is a value. */
export interface KitLogin {
  /** Good for one use of `code`; `redirectUri` is the callback address given at registration. */
  login(
    client: KitClient,
    code: string,
    redirectUri?: string,
  ): Promise<KitAnswer<KitTokens & { readonly user: KitUser }>>;
  refresh(client: KitClient, refreshToken: string): Promise<KitAnswer<KitTokens>>;
}

export type KitUser = z.output<typeof KitUserInfo>;

export interface KitTokens {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken?: string;
}

export type KitAnswer<T> = ({ readonly ok: true } & T) | KitRefused | KitFailed;

/** The platform's own no, in its words. */
export interface KitRefused {
  readonly ok: false;
  readonly kind: 'refused';
  readonly error: string;
  readonly description: string | undefined;
}

/** The platform could not be asked, or gave nothing that can be used. */
export interface KitFailed {
  readonly ok: false;
  readonly kind: 'failed';
  readonly problem: string;
}

export interface KitLoginNeed {
  /** The longest a login or refresh may take, in milliseconds. */
  readonly limitMs: number;
  /** Ends what is under way. */
  readonly stopping: AbortSignal;
}

/** Redirects are not followed, because the client's secret would go with them. */
export function kitLogin({ limitMs, stopping }: KitLoginNeed): KitLogin {
  const inTime = (): AbortSignal => AbortSignal.any([stopping, AbortSignal.timeout(limitMs)]);

  async function tokens(origin: KitOrigin, form: Form, signal: AbortSignal): Promise<KitAnswer<KitTokens>> {
    const headers = { Accept: 'application/json', 'Content-Type': kitLoginApi.token.contentType };
    const request = { method: 'POST', headers, body: formOf(form).toString(), redirect: 'manual', signal } as const;
    const answer = await ask(new Request(origin + kitLoginApi.token.path, request), KitTokenAnswer);
    if (!answer.ok) return withoutSecret(answer, form.client_secret);
    const { access_token: accessToken, expires_in: expiresIn, refresh_token: refreshToken } = answer.body;
    if (!visible.test(accessToken)) return failed('the access token cannot be sent in a header');
    return { ok: true, accessToken, expiresIn, ...(refreshToken === undefined ? {} : { refreshToken }) };
  }

  return {
    async login(client, code, redirectUri) {
      const origin = loginOrigin(client.domainName);
      if (origin === undefined) return failed(noOrigin);
      const signal = inTime();
      const form: Form = {
        grant_type: 'authorization_code',
        ...credentialsOf(client),
        code,
        redirect_uri: redirectUri,
      };
      const given = await tokens(origin, form, signal);
      if (!given.ok) return given;
      const headers = { Accept: 'application/json', Authorization: `Bearer ${given.accessToken}` };
      const user = await ask(
        new Request(origin + kitLoginApi.userInfo.path, { headers, redirect: 'manual', signal }),
        KitUserInfo,
      );
      return user.ok ? { ...given, user: user.body } : user;
    },
    async refresh(client, refreshToken) {
      const origin = loginOrigin(client.domainName);
      if (origin === undefined) return failed(noOrigin);
      const form: Form = { grant_type: 'refresh_token', ...credentialsOf(client), refresh_token: refreshToken };
      return tokens(origin, form, inTime());
    },
  };
}

/** The origin of a tenant's login; plain http only where nothing leaves the machine. */
export function loginOrigin(domainName: string): KitOrigin | undefined {
  const origin = kitOrigin(domainName);
  if (origin === undefined || origin.startsWith('https:')) return origin;
  return loopback.test(new URL(origin).hostname) ? origin : undefined;
}

type Form = z.input<typeof KitTokenRequest>;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const visible = /^[\x21-\x7e]+$/;
/** Why `loginOrigin` gave none. */
export const noOrigin = 'the domainName of the tenant is no https address of a host';

const failed = (problem: string): KitFailed => ({ ok: false, kind: 'failed', problem });

const credentialsOf = ({ clientId, clientSecret }: KitClient) => ({
  client_id: clientId,
  client_secret: clientSecret,
});

const formOf = (form: Form): URLSearchParams =>
  new URLSearchParams(
    Object.entries(form).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  );

async function ask<S extends z.ZodType>(request: Request, schema: S): Promise<KitAnswer<{ body: z.output<S> }>> {
  try {
    const response = await fetch(request);
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return failed(`the platform answered HTTP ${response.status}`);
    }
    const told = await limitedJson(response).catch((error: unknown) => {
      // The parser's own message quotes the answer, which may hold a token.
      if (error instanceof SyntaxError) return undefined;
      throw error;
    });
    const refusal = KitLoginError.safeParse(told);
    if (refusal.success && response.status < 500) {
      const { error, error_description: description } = refusal.data;
      return { ok: false, kind: 'refused', error, description };
    }
    if (response.status !== 200) return failed(`the platform answered HTTP ${response.status}${hint(response.status)}`);
    const read = schema.safeParse(told);
    return read.success ? { ok: true, body: read.data } : failed('the platform’s answer is not as documented');
  } catch (error) {
    return failed(`the platform could not be asked: ${reasonOf(error)}`);
  }
}

const hint = (status: number): string =>
  status === 403 ? ': its domain, client id or secret may no longer be those that were synced' : '';

/** A platform that quotes the form it was sent must not make us tell the secret (R27). */
function withoutSecret(answer: KitRefused | KitFailed, secret: string): KitRefused | KitFailed {
  if (answer.kind === 'failed') return answer;
  const { error, description } = answer;
  const hidden = (text: string): string => text.replaceAll(secret, '***');
  return { ...answer, error: hidden(error), description: description === undefined ? undefined : hidden(description) };
}
