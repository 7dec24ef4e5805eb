import { gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { listenEcho } from './echo.ts';

const post = (url: string, encoding: string, body: string | Buffer<ArrayBuffer>) =>
  fetch(`${url}/number`, { method: 'POST', headers: { 'content-encoding': encoding }, body });

it.each(['gzip', 'deflate', 'br', 'GZIP', 'identity, gzip', 'identity, identity', 'nonsense'])(
  'a body in %s is refused unread',
  async (encoding) => {
    const admit = vi.fn<() => { admitted: true; value: undefined }>();
    const { url } = await listenEcho({ admit });
    const answer = await post(url, encoding, gzipSync('{"n":1}'));
    expect(answer.status).toBe(415);
    expect(await answer.json()).toEqual({ error: 'body-compressed' });
    expect(admit).not.toHaveBeenCalled();
  },
);

it.each(['identity', 'Identity', ''])('a body in %o is not compressed', async (encoding) => {
  const { url } = await listenEcho();
  expect((await post(url, encoding, '{"n":1}')).status).toBe(200);
});
