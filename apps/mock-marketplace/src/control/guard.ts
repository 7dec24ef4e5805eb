import { BlockList, isIP } from 'node:net';
import type Koa from 'koa';

/**
 * Keeps web pages away from the control API. It has no password, and a browser on this machine lets any page send it a
 * simple POST, or read it under a name that the page's owner points here. Programs send neither `Origin` nor
 * `Sec-Fetch-Site`.
 */

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a name or an address, IPv6 with or without brackets, can only mean this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(bare);
  if (version === 0) return /^(.+\.)?localhost\.?$/i.test(bare);
  return loopback.check(bare, version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Refuses calls under `/control` with 403 that come from a page of another origin or, on a loopback address, were made
 * under a foreign name. `listening` tells the HOST of the settings and the address it became.
 */
export function refuseForeignPages(
  listening: () => { readonly host: string; readonly address: string },
): Koa.Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/control' && !ctx.path.startsWith('/control/')) return next();
    const { origin, host } = ctx.req.headers;
    const called = host === undefined ? undefined : readUrl(`http://${host}`);
    const { host: own, address } = listening();
    const acrossSites = ctx.get('Sec-Fetch-Site').toLowerCase() === 'cross-site';
    if (acrossSites || (origin !== undefined && !isOwnOrigin(origin, called))) return refuse(ctx, foreignOrigin);
    if (isLoopback(address) && host !== undefined && !isNamedHere(called, own)) return refuse(ctx, foreignHost);
    return next();
  };
}

/** The schemes are not compared: a proxy in front may speak TLS. */
const isOwnOrigin = (origin: string, called: URL | undefined): boolean =>
  called !== undefined && readUrl(origin)?.host === called.host;

const isNamedHere = (called: URL | undefined, own: string): boolean =>
  called !== undefined && (isLoopback(called.hostname) || called.hostname === own.toLowerCase());

function readUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  return url === null || url.host === '' ? undefined : url;
}

const foreignOrigin =
  'The call comes from a web page of another origin, and any page could do that, since the control API has no password: ' +
  'call it from a program that sends no Origin, or from a page at the address of this marketplace.';

const foreignHost =
  'The header Host names another machine, while this marketplace listens on the loopback address only, so a foreign name ' +
  'may have been pointed here: call it as 127.0.0.1, [::1] or localhost, or set HOST to the address that others may call.';

function refuse(ctx: Koa.Context, error: string): void {
  ctx.status = 403;
  ctx.body = { error };
}
