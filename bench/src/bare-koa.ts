import Koa from 'koa';

/** The yardstick: Koa reads a body of up to 1 MiB and answers a small JSON, and nothing else. */
const app = new Koa();
app.use(async (ctx) => {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  Buffer.concat(chunks);
  ctx.body = { resultCode: '000000', resultMsg: 'success.' };
});
const server = app.listen(0, '127.0.0.1', () => {
  const bound = server.address();
  console.log(`bare-koa listening on http://127.0.0.1:${typeof bound === 'object' ? bound?.port : bound}`);
});
process.once('SIGTERM', () => process.exit(0));
