import { gzipSync } from 'node:zlib';
import { composeBody, tokenQuery } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { renewal } from '../callbacks.ts';
import { readLedger } from '../ledger-content.ts';
import { sharedSeller } from '../seller.ts';
import { readAnswer } from '../store.ts';
import { exchange, head, lastBody } from '../wire.ts';
import { expectRefusal } from './refusal.ts';

const bodyMs = 150;
const seller = sharedSeller({ timing: { bodyMs } });
const mebibyte = 1024 * 1024;
const expireTime = '20270101000000';

/** A good renewal, filled up with an unknown member to this many bytes. */
function bodyOf(bytes: number, license = 'PL-1'): string {
  const message = renewal(license, expireTime);
  const filler = bytes - composeBody({ ...message, zFiller: '' }).length;
  return composeBody({ ...message, zFiller: 'x'.repeat(filler) });
}

const target = (body: string | Uint8Array): string => `/production?${seller().store.query(body)}`;

describe('the size of a body (R8)', () => {
  test('exactly 1 MiB is taken', async () => {
    const body = bodyOf(mebibyte);
    expect(Buffer.byteLength(body)).toBe(mebibyte);
    expect((await seller().store.send(body)).resultCode).toBe('000000');
  });

  test('one byte over 1 MiB is refused', async () => {
    await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /larger than 1048576 bytes/ }, () =>
      seller().store.send(bodyOf(mebibyte + 1)),
    );
  });

  test('one byte over 1 MiB in chunks, without a length', async () => {
    const body = bodyOf(mebibyte + 1);
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /larger/ }, async () => {
      const heard = await exchange(seller().url, [head(target(body), 'Transfer-Encoding: chunked'), chunk]);
      return readAnswer(heard.statuses[0] ?? 0, 'application/json', lastBody(heard));
    });
  });

  test('9 MiB are read, so that a client that sends first gets its answer', async () => {
    await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /larger/ }, () =>
      seller().store.send(bodyOf(9 * mebibyte)),
    );
  });

  test('more than that is answered and cut off', async () => {
    await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /larger/ }, async () => {
      const heard = await exchange(seller().url, [head('/production', `Content-Length: ${1024 * mebibyte}`), 'x']);
      expect(heard.text).toMatch(/Connection: close/i);
      return readAnswer(heard.statuses[0] ?? 0, 'application/json', lastBody(heard));
    });
  });
});

describe('a compressed body (R8)', () => {
  test.each(['gzip', 'deflate', 'br', 'GZIP', 'gzip, identity', 'unheard-of'])('%s is refused', async (encoding) => {
    const body = gzipSync(composeBody(renewal('PL-1', expireTime)));
    await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /compressed/ }, () =>
      seller().store.send(body, { headers: { 'Content-Encoding': encoding } }),
    );
  });

  test('identity is no compression', async () => {
    const answer = await seller().store.send(renewal('PL-1', expireTime), {
      headers: { 'Content-Encoding': 'identity' },
    });
    expect(answer.resultCode).toBe('000000');
  });
});

describe('a body that comes slowly (R9)', () => {
  test('one byte at a time, never whole: answered at the deadline, and cut off', async () => {
    const body = composeBody(renewal('PL-slow', expireTime));
    await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /within 150 ms/ }, async () => {
      let sent = 0;
      const heard = await exchange(seller().url, [head(target(body), `Content-Length: ${body.length}`)], (socket) => {
        const timer = setInterval(() => socket.write(body.charAt(sent++)), bodyMs / 5);
        socket.once('close', () => clearInterval(timer));
      });
      expect(sent).toBeLessThan(body.length);
      expect(heard.text).toMatch(/Connection: close/i);
      return readAnswer(heard.statuses[0] ?? 0, 'application/json', lastBody(heard));
    });
  });

  test('a client that goes away has no effect', async () => {
    const before = await readLedger(seller().database);
    const body = composeBody(renewal('PL-gone', expireTime));
    const lines = head(target(body), `Content-Length: ${body.length}`);
    const heard = await exchange(seller().url, [lines, body.slice(0, 20)], (socket) => socket.destroy());
    expect(heard.text).toBe('');
    expect((await seller().get('/healthz')).status).toBe(200);
    expect(await readLedger(seller().database)).toEqual(before);
  });

  test('in pieces, but in time, it is taken', async () => {
    const body = composeBody(renewal('PL-pieces', expireTime));
    const pieces = body.match(/.{1,7}/g) ?? [];
    const lines = head(target(body), `Content-Length: ${body.length}`, 'Connection: close');
    expect(lastBody(await exchange(seller().url, [lines, ...pieces]))).toContain('"000000"');
  });
});

test('a token of the wrong form costs no more for a large body', async () => {
  const query = tokenQuery({ signature: 'x', timestamp: '0', nonce: 'n' });
  await expectRefusal(seller(), { resultCode: '000002', receipts: 0, says: /64/ }, () =>
    seller().store.send(bodyOf(mebibyte), { query }),
  );
});
