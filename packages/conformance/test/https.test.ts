import { createServer } from 'node:net';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { run } from './command.ts';
import { fileWith } from './file-with.ts';
import { keys } from './reference/keys.ts';
import { startReference } from './reference/seller.ts';

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const day = 86_400_000;

/** Made for the test: the repository holds no key. */
async function certificate(name: string, from: number, ca?: Certificate): Promise<Certificate> {
  const isIp = /^[\d.]+$/.test(name);
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(from),
    notAfterDate: new Date(from + 2 * day),
    extensions: [
      { name: 'basicConstraints', cA: ca === undefined },
      { name: 'subjectAltName', altNames: [isIp ? { type: 7, ip: name } : { type: 2, value: name }] },
    ],
    ...(ca === undefined ? {} : { ca }),
  });
  return { cert: made.cert, key: made.private };
}

let own: Certificate;

beforeAll(async () => {
  own = await certificate('127.0.0.1', Date.now() - day);
});

async function seller(tls: Certificate): Promise<string> {
  const started = await startReference(keys, {}, { tls });
  onTestFinished(() => started.stop());
  return started.url;
}

it('a server of HTTPS is judged as any other, its raw bytes too', { timeout: 60_000 }, async () => {
  const { code, output } = await run([
    await seller(own),
    '--ca',
    fileWith(own.cert),
    '--strict',
    ...['license.sig', 'license.body', 'license.time', 'v1-kit.answer'],
  ]);
  expect(output).toMatch(/\n\d+ passed, 0 failed, 0 warned, 0 not observable, 0 blocked, 0 crashed\n$/);
  expect(code).toBe(0);
});

it('one whose certificate another one signed, with that one', async () => {
  const signer = await certificate('an authority', Date.now() - day);
  const leaf = await certificate('127.0.0.1', Date.now() - day, signer);
  const { code } = await run([await seller(leaf), '--ca', fileWith(signer.cert), 'license.sig.accepted']);
  expect(code).toBe(0);
});

describe('what is wrong with a certificate is a set-up error, and says so', () => {
  it.each<[string, () => Promise<{ server: Certificate; ca?: string }>, string]>([
    ['signed by itself', async () => ({ server: own }), 'give the certificate that signed it with --ca'],
    [
      'signed by somebody unknown',
      async () => ({
        server: await certificate('127.0.0.1', Date.now() - day, await certificate('an authority', Date.now() - day)),
      }),
      'nobody known here signed its certificate',
    ],
    [
      'expired',
      async () => {
        const server = await certificate('127.0.0.1', Date.now() - 9 * day);
        return { server, ca: server.cert };
      },
      'its certificate has expired',
    ],
    [
      'not valid yet',
      async () => {
        const server = await certificate('127.0.0.1', Date.now() + 9 * day);
        return { server, ca: server.cert };
      },
      'its certificate is not valid yet',
    ],
    [
      'for another name',
      async () => {
        const server = await certificate('seller.example', Date.now() - day);
        return { server, ca: server.cert };
      },
      'for another name than the one in the address',
    ],
  ])('%s', async (_what, made, told) => {
    const { server, ca } = await made();
    const trust = ca === undefined ? [] : ['--ca', fileWith(ca)];
    const { code, output } = await run([await seller(server), '--profile', 'license', ...trust]);
    expect(output).toContain(told);
    expect(output).toMatch(/\n0 passed, 0 failed, 0 warned, 0 not observable, [1-9]\d* blocked, 0 crashed\n$/);
    expect(code).toBe(3);
  });

  it('an address of https:// where no TLS is spoken', async () => {
    const plain = await startReference(keys);
    onTestFinished(() => plain.stop());
    const { code, output } = await run([plain.url.replace('http:', 'https:'), '--profile', 'license']);
    expect(output).toContain('is its address http:// ?');
    expect(code).toBe(3);
  });

  it('an address of http:// where TLS is spoken', async () => {
    const { code, output } = await run([(await seller(own)).replace('https:', 'http:'), '--profile', 'license']);
    expect(output).toContain('is its address https:// ?');
    expect(code).toBe(3);
  });

  it('a handshake that never ends', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((listening) => silent.once('listening', listening));
    onTestFinished(() => {
      silent.close();
    });
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, output } = await run([`https://127.0.0.1:${port}/`, '--profile', 'license', '--timeout', '1']);
    expect(output).toContain('no answer within 1.0 s');
    expect(code).toBe(3);
  });
});

it('a file that holds no certificate is bad usage', async () => {
  const { code, errors } = await run(['https://127.0.0.1:9/', '--ca', fileWith('-----BEGIN NOTHING-----')]);
  expect(errors).toContain('holds no certificate in PEM');
  expect(code).toBe(2);
});
