import { bodyParser } from '@koa/bodyparser';
import {
  KeyRings,
  RefreshLicenseCode,
  refusalCode,
  refusalSentence,
  result,
  resultCode,
  verifyToken,
} from '@koobridge/contracts';
import Koa from 'koa';
import { announce } from './announce.ts';

/** A verified renewal, to be kept before it is answered. */
export interface Renewal {
  readonly nonce: string;
  readonly body: string;
  readonly code: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly expiresAt: string;
  readonly now: number;
}

/** Keeps a renewal in one transaction and resolves, once that is durable, with whether its nonce was new. */
export type Keep = (renewal: Renewal) => boolean | Promise<boolean>;

/**
 * The server that most would write: Koa with its body parser, the token and the form checked, one transaction for each
 * request. Only how it keeps is left to each database's own.
 */
export function serveNaively(name: string, keep: Keep): void {
  const keys = KeyRings.parse(JSON.parse(process.env['KOOBRIDGE_KEYS'] ?? '{}')).license;
  const app = new Koa();
  app.use(bodyParser());
  app.use(async (ctx) => {
    const now = Date.now();
    const body = ctx.request.rawBody ?? '';
    const verification = verifyToken({ query: ctx.querystring, body: Buffer.from(body), keys, now });
    if (!verification.ok) {
      ctx.body = result(refusalCode(verification.refusal), refusalSentence(verification.refusal));
      return;
    }
    const parsed = RefreshLicenseCode.safeParse(ctx.request.body);
    if (!parsed.success) {
      ctx.body = result(resultCode.invalidParameter);
      return;
    }
    const { nonce } = verification;
    const { license: code, orderId, orderLineId, expireTime: expiresAt } = parsed.data;
    const isNew = await keep({ nonce, body, code, orderId, orderLineId, expiresAt, now });
    ctx.body = isNew
      ? result(resultCode.success)
      : result(refusalCode('nonce-replayed'), refusalSentence('nonce-replayed'));
  });
  announce(name, app);
}
