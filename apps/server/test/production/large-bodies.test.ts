import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startSeller } from '../seller.ts';
import { exchange, head, lastBody } from '../wire.ts';

const twoMebibytes = 2 * 1024 * 1024;
const kit = '/production/produceAPI/v2/allOrgSync';

/** A client that has sent the head of a large body and goes no further. */
function halfSent(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(`${head(kit, `Content-Length: ${twoMebibytes}`)}{`, () => resolve(socket));
    });
    socket.on('error', () => undefined); // the server cuts it when the test is over
    onTestFinished(() => void socket.destroy());
  });
}

test('sixteen large bodies are read at a time; one more is told to come again, a small one is not (R8)', async () => {
  const seller = await startSeller({ timing: { bodyMs: 20_000 } });
  await Promise.all(Array.from({ length: 16 }, () => halfSent(seller.url)));
  const large = ['Content-Length: ', 'Transfer-Encoding: chunked'].map((line, index) =>
    exchange(seller.url, [
      head(kit, index === 0 ? `${line}${twoMebibytes}` : line, 'Connection: close'),
      index === 0 ? 'x'.repeat(twoMebibytes) : '1\r\nx\r\n0\r\n\r\n',
    ]),
  );
  for (const heard of await Promise.all(large)) {
    expect(heard.statuses).toEqual([200]);
    expect(JSON.parse(lastBody(heard))).toMatchObject({
      resultCode: '000005',
      resultMsg: expect.stringContaining('large bodies'),
    });
  }
  const small = await exchange(seller.url, [head(kit, 'Content-Length: 2', 'Connection: close'), '{}']);
  expect(JSON.parse(lastBody(small))).toMatchObject({ resultCode: '000002' });
});
