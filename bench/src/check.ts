import { connect } from 'node:net';
import type { Arm } from './arms.ts';
import { expectedOf, type Load, requestsOf } from './load/load.ts';

/** Rejects unless a server answers as it should: what is good with success, a forgery and a repeat with a refusal. */
export async function check(
  url: string,
  { name, refuses }: Pick<Arm, 'name' | 'refuses'>,
  asks: Load['asks'],
): Promise<void> {
  const { hostname, port } = new URL(url);
  const make = requestsOf(url, asks);
  const good = make();
  await expectAnswer('a good request', good, expectedOf(asks));
  if (refuses.includes('repeated')) await expectAnswer('a repeat', good, '"resultCode":"000001"');
  if (refuses.includes('forged')) await expectAnswer('a forgery', forged(make()), '"resultCode":"000001"');

  async function expectAnswer(what: string, request: string, expected: string): Promise<void> {
    const answer = await ask(hostname, Number(port), request);
    if (!/^HTTP\/1.1 200 /.test(answer) || !answer.includes(expected)) {
      throw new Error(`${name} answered ${what} with ${answer}`);
    }
  }
}

const forged = (request: string): string =>
  request.replace(/signature=(.)/, (_, digit) => `signature=${digit === '0' ? 1 : 0}`);

function ask(host: string, port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, host, () => socket.write(request.replace('\r\n', '\r\nConnection: close\r\n')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('end', () => resolve(Buffer.concat(chunks).toString()));
    socket.once('error', reject);
  });
}
