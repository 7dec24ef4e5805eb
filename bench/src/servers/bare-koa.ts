import Koa from 'koa';
import { announce } from './announce.ts';

/**
 * The yardstick: Koa reads the body and answers a small JSON, and nothing else. What asks by GET gets a JSON of the
 * members that a License code of the server has.
 */
const app = new Koa();
app.use(async (ctx) => {
  if (ctx.method === 'GET') {
    const code = ctx.path.slice(ctx.path.lastIndexOf('/') + 1);
    ctx.body = { code, status: 'ACTIVE', expiresAt: null, expiryConfirmed: true, updatedAt: null, confirmation: null };
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  Buffer.concat(chunks);
  ctx.body = { resultCode: '000000', resultMsg: 'success.' };
});
announce('bare-koa', app);
