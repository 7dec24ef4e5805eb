import { openApiBasePath, signAksk } from '@koobridge/contracts';
import { accessKey, type RunningMarket } from './running-market.ts';

/** How a call to the open APIs departs from a correct one. */
export interface Departure {
  readonly key?: { readonly ak: string; readonly sk: string };
  /** When it was signed, milliseconds since the epoch. */
  readonly at?: number;
  /** Sent instead of what was signed. */
  readonly sent?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OpenApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls an open API as a seller's server does: a POST when there is a body, signed with AK/SK. */
export async function callOpenApi(
  market: RunningMarket,
  path: string,
  body: unknown,
  { key = accessKey, at = Date.now(), sent, headers = {} }: Departure = {},
): Promise<OpenApiAnswer> {
  const method = body === undefined ? 'GET' : 'POST';
  const target = `${openApiBasePath}${path}`;
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const given = { 'Content-Type': 'application/json', Host: new URL(market.url).host, ...headers };
  const signed = signAksk({ method, target, headers: given, body: text }, key, at);
  const response = await fetch(`${market.url}${target}`, {
    method,
    headers: signed,
    ...(method === 'POST' ? { body: sent ?? text } : {}),
  });
  const answer: Readonly<Record<string, unknown>> = Object(await response.json());
  return { status: response.status, headers: response.headers, body: answer };
}
