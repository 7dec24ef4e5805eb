import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setPriority } from 'node:os';

/**
 * The attacking half of `flood.ts`, a process of its own: `node flood-attack.ts <url> <kind> <connections>`. Keeps so many
 * connections open and sends on each a call of one kind, or of all kinds, and the next one as soon as that is answered;
 * of the kind `nothing` it sends none. Tells when all are open, and at SIGTERM how many calls were answered.
 */
const [url = '', kind = '', count = '1'] = process.argv.slice(2);
const { hostname, port } = new URL(url);
// Attackers have processors of their own, and are no reason for the rest of this machine to wait.
setPriority(19);

const kibibyte = 1024;
const token = (): string =>
  `signature=${randomBytes(32).toString('hex')}&timestamp=${Date.now()}&nonce=${randomBytes(8).toString('hex')}`;
const small = Buffer.from(
  '{"activity":"refreshLicenseCode","expireTime":"20300101000000","license":"PL-1","orderId":"CS-1","orderLineId":"CS-1-1","productId":"P","scene":"RENEWAL","testFlag":"0"}',
);
const long = (bytes: number): Buffer => Buffer.concat([Buffer.from('{"activity":"'), Buffer.alloc(bytes - 13, 'x')]);
const [long64, long1024, long2048] = [long(64 * kibibyte), long(1024 * kibibyte), long(2048 * kibibyte)];
const members = Buffer.from(`{${Array.from({ length: 70_000 }, (_, index) => `"m${index}":1`).join(',')}}`);

function post(target: string, body: Buffer, lines = ''): Buffer {
  const head = `POST ${target} HTTP/1.1\r\nHost: seller\r\n${lines}Content-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

const kitLines = (): string =>
  token()
    .replace(/(\w+)=([^&]*)&?/g, 'x-$1: $2\r\n')
    .replace('x-signature', 'x-sign');

const kinds: Readonly<Record<string, () => Buffer>> = {
  'no token': () => post('/production', small),
  'wrong signature': () => post(`/production?${token()}`, small),
  'wrong signature, 64 KiB': () => post(`/production?${token()}`, long64),
  'wrong signature, 1 MiB': () => post(`/production?${token()}`, long1024),
  'wrong signature, 70,000 members': () => post(`/production?${token()}`, members),
  'wrong signature, 1 MiB to the Kit': () => post('/production/produceAPI/v2/allOrgSync', long1024, kitLines()),
  'too large, 2 MiB': () => post(`/production?${token()}`, long2048),
  'unknown paths': () => post(`/production/${randomBytes(4).toString('hex')}`, small),
  'other paths': () => post(`/${randomBytes(4).toString('hex')}`, small),
  'no HTTP': () => randomBytes(256),
};
const names = Object.keys(kinds);

let answered = 0;
let open = 0;
let hasTold = false;

function attack(number: number): void {
  const make = kinds[kind === 'all' ? (names[number % names.length] ?? '') : kind];
  if (make === undefined && kind !== 'nothing') throw new Error(`${kind} is none of ${names.join(', ')}, all, nothing`);
  const socket = connect(Number(port), hostname).setNoDelay();
  const send = (): unknown => make && socket.write(make());
  socket.once('connect', () => {
    open += 1;
    if (open === Number(count) && !hasTold) {
      hasTold = true;
      console.log(`all connections open, none listening on ${url}`);
    }
    socket.once('close', () => {
      open -= 1;
    });
    send();
  });
  socket.on('data', () => {
    answered += 1;
    send();
  });
  socket.once('error', () => undefined); // it is cut off, and comes again
  socket.once('close', () => setImmediate(attack, number));
}

for (let number = 0; number < Number(count); number += 1) attack(number);
process.once('SIGTERM', () => {
  console.log(`answered ${answered}`);
  process.exit(0);
});
