import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { readAnswer } from './answer.ts';
import type { Exchange, Limits, Unanswered } from './exchange.ts';
import { silenceOf } from './silence.ts';

/** What goes over the wire as it stands: bytes, and pauses in milliseconds between them. */
export type RawPart = string | Uint8Array | number;

export interface RawRequest {
  /** Of the server; only host and port count. */
  readonly url: string;
  readonly parts: readonly RawPart[];
  /** Closes its own side after the last part, so that a server that waits for more learns that none comes. */
  readonly thenClose?: boolean;
}

/** Whose signatures on certificates are believed, as PEM; those that Node ships where nothing is said. */
export interface Trust {
  ca?: string[];
}

/** Sends bytes that no HTTP client would, and reads one answer. Never rejects, and returns within the limits. */
export function sendRaw(
  { url, parts, thenClose = false }: RawRequest,
  limits: Limits,
  trust: Trust = {},
): Promise<Exchange> {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = open(url, trust);
    let heard: Buffer = Buffer.alloc(0);
    let connected = false;
    const end = (exchange: Exchange): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(exchange);
    };
    const ended = (why: Pick<Unanswered, 'silence' | 'tlsFault'>) =>
      end({ kind: 'unanswered', ...why, ms: performance.now() - began });
    const unanswered = (silence: Unanswered['silence']) => ended({ silence });
    const finish = (closed: boolean): void => {
      const reading = readResponse(heard, closed);
      if (reading === 'garbled') unanswered('garbled');
      else if (reading !== undefined) end({ kind: 'answered', answer: reading, ms: performance.now() - began });
      else if (closed) unanswered(connected ? 'cut' : 'unreachable');
    };
    const timer = setTimeout(() => unanswered(heard.length === 0 ? 'silent' : 'slow'), limits.ms);
    socket.on('data', (piece: Buffer) => {
      heard = Buffer.concat([heard, piece]);
      if (heard.length > limits.bytes) unanswered('flood');
      else finish(false);
    });
    socket.on('error', (error) => (connected ? finish(true) : ended(silenceOf(error))));
    socket.on('close', () => finish(true));
    socket.once(url.startsWith('https:') ? 'secureConnect' : 'connect', async () => {
      connected = true;
      for (const part of parts) await write(socket, part);
      if (thenClose) socket.end();
    });
  });
}

function open(url: string, trust: Trust): Socket {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return protocol === 'https:'
    ? connectTls({ host, port: Number(port || 443), ...(isIP(host) === 0 ? { servername: host } : {}), ...trust })
    : connect({ host, port: Number(port || 80), noDelay: true });
}

const write = (socket: Socket, part: RawPart): Promise<void> =>
  new Promise((written) => {
    if (typeof part === 'number') setTimeout(written, part);
    else if (socket.destroyed) written();
    else socket.write(part, () => written());
  });

/** The first whole answer in what was heard; `undefined` while more is to come. */
function readResponse(heard: Buffer, closed: boolean): ReturnType<typeof readAnswer> | 'garbled' | undefined {
  const end = heard.indexOf('\r\n\r\n');
  if (end === -1)
    return heard.length > 16 && !heard.subarray(0, 5).equals(Buffer.from('HTTP/')) ? 'garbled' : undefined;
  const [statusLine = '', ...lines] = heard.subarray(0, end).toString('latin1').split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1];
  if (status === undefined) return 'garbled';
  if (status === '100') return readResponse(heard.subarray(end + 4), closed);
  const rawHeaders = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const body = readBody(heard.subarray(end + 4), rawHeaders, closed);
  return body === undefined ? undefined : readAnswer(Number(status), rawHeaders, body);
}

function readBody(rest: Buffer, rawHeaders: readonly string[], closed: boolean): Buffer | undefined {
  const header = (name: string) => {
    const at = rawHeaders.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === name);
    return at === -1 ? undefined : rawHeaders[at + 1];
  };
  const length = header('content-length');
  if (length !== undefined) return rest.length >= Number(length) ? rest.subarray(0, Number(length)) : undefined;
  if (header('transfer-encoding')?.toLowerCase() === 'chunked') return readChunks(rest);
  return closed ? rest : undefined;
}

function readChunks(rest: Buffer): Buffer | undefined {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at);
    if (line === -1) return undefined;
    const size = Number.parseInt(rest.subarray(at, line).toString('latin1'), 16);
    if (!Number.isSafeInteger(size) || line + 2 + size > rest.length) return undefined;
    if (size === 0) return Buffer.concat(pieces);
    pieces.push(rest.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}
