import { authorizeUrl, kitOrigin } from '@koobridge/contracts';
import { loginUrl } from './kit-market.ts';

/** A browser, as far as the login needs one: it keeps the cookie, follows nothing by itself, and fills in the form. */
export interface Browser {
  get(address: string): Promise<Visit>;
  /** Fills in the form that `address` shows, hidden fields included, and sends it. */
  logIn(address: string, filledIn: Readonly<Record<string, string>>): Promise<Visit>;
}

export interface Visit {
  readonly status: number;
  readonly location: string;
  readonly text: string;
  readonly headers: Headers;
}

export function browser(origin: string): Browser {
  let cookie: string | undefined;

  async function visit(address: string, init: RequestInit = {}): Promise<Visit> {
    const headers = { ...Object(init.headers), ...(cookie === undefined ? {} : { Cookie: cookie }) };
    const response = await fetch(new URL(address, origin), { ...init, headers, redirect: 'manual' });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) cookie = set.split(';')[0];
    const location = response.headers.get('location') ?? '';
    return { status: response.status, location, text: await response.text(), headers: response.headers };
  }

  return {
    get: (address) => visit(address),
    logIn: async (address, filledIn) => {
      const { text } = await visit(address);
      const hidden = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
        ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')],
      );
      const [, action = ''] = /<form method="post" action="([^"]+)">/.exec(text) ?? [];
      const body = new URLSearchParams({ ...filledIn, ...Object.fromEntries(hidden) });
      return visit(action, { method: 'POST', body });
    },
  };
}

/** What the browser brings to the application. */
export function brought({ status, location }: Visit): Readonly<Record<string, string>> {
  if (status !== 302 || !location.startsWith(`${loginUrl}&`)) throw new Error(`${status} to ${location}`);
  const { appId: _, ...query } = Object.fromEntries(new URL(location).searchParams);
  return query;
}

export const authorizing = (url: string, clientId: string, state = 'xyz', redirectUri = loginUrl): string => {
  const origin = kitOrigin(url);
  if (origin === undefined) throw new Error(`${url} is no origin`);
  return authorizeUrl(origin, { clientId, redirectUri, state });
};
