import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, Agent as TlsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { readAnswer } from './answer.ts';
import type { Exchange, Limits, RequestToSend, Silence, Unanswered } from './exchange.ts';
import { type RawRequest, sendRaw } from './raw.ts';
import { silenceOf } from './silence.ts';

export interface Client {
  /** Sends one request. Never rejects, and returns within `limits.ms` whatever the server does. */
  send(request: RequestToSend, limits: Limits): Promise<Exchange>;
  /** The same for bytes that no HTTP client would send. */
  sendRaw(request: RawRequest, limits: Limits): Promise<Exchange>;
  /** Closes what is kept open. */
  close(): void;
}

/**
 * A client over connections that are kept, at most `connections` at a time. `ca` holds certificates as PEM that may have
 * signed the server's, besides those that Node ships.
 */
export function createClient(connections: number, ca?: string): Client {
  const trust = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  const agents = {
    'http:': new Agent({ keepAlive: true, maxSockets: connections }),
    'https:': new TlsAgent({ keepAlive: true, maxSockets: connections, ...trust }),
  };
  /** Connections that serve once. */
  const unkept: Agents = { 'http:': new Agent(), 'https:': new TlsAgent(trust) };
  return {
    async send(request, limits) {
      const first = await sendOnce(agents, request, limits);
      // A kept connection may be closed by the server in the moment it is used again; that is nobody's fault.
      if (first.exchange.kind === 'unanswered' && first.exchange.silence === 'cut' && first.reused) {
        return (await sendOnce(unkept, request, limits)).exchange;
      }
      return first.exchange;
    },
    sendRaw: (request, limits) => sendRaw(request, limits, trust),
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

interface Sent {
  readonly exchange: Exchange;
  /** The connection had served before, and nothing was heard on it this time. */
  readonly reused: boolean;
}

interface Agents {
  readonly 'http:': Agent;
  readonly 'https:': TlsAgent;
}

function sendOnce(agents: Agents, request: RequestToSend, limits: Limits): Promise<Sent> {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  return new Promise((resolve) => {
    const outgoing = open(agents, request);
    let incoming: IncomingMessage | undefined;
    const end = (exchange: Exchange): void => {
      clearTimeout(timer);
      resolve({ exchange, reused: incoming === undefined && outgoing.reusedSocket });
      if (exchange.kind === 'unanswered') outgoing.destroy();
    };
    const ended = (why: Pick<Unanswered, 'silence' | 'tlsFault'>) => end({ kind: 'unanswered', ...why, ms: elapsed() });
    const unanswered = (silence: Silence) => ended({ silence });
    const timer = setTimeout(() => unanswered(incoming === undefined ? 'silent' : 'slow'), limits.ms);
    outgoing.on('error', (error) => ended(incoming === undefined ? silenceOf(error) : { silence: 'cut' }));
    outgoing.on('response', (response) => {
      incoming = response;
      const pieces: Buffer[] = [];
      let length = 0;
      response.on('data', (piece: Buffer) => {
        length += piece.length;
        if (length > limits.bytes) unanswered('flood');
        else pieces.push(piece);
      });
      response.on('error', () => unanswered('cut'));
      response.on('close', () => unanswered('cut')); // after the end it changes nothing
      response.on('end', () => {
        const answer = readAnswer(response.statusCode ?? 0, response.rawHeaders, Buffer.concat(pieces));
        end({ kind: 'answered', answer, ms: elapsed() });
      });
    });
    outgoing.end(request.body);
  });
}

function open(agents: Agents, { method, url, headers, body }: RequestToSend): ClientRequest {
  const { protocol, hostname, port, origin } = new URL(url);
  const fixed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const length = fixed || (body.length === 0 && method === 'GET') ? [] : ['Content-Length', String(body.length)];
  const options = {
    method,
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    path: url.slice(url.indexOf(origin) + origin.length) || '/',
    headers: ['Host', new URL(url).host, ...headers.flat(), ...length],
    setHost: false,
    joinDuplicateHeaders: false,
  };
  return protocol === 'https:'
    ? httpsRequest({ ...options, agent: agents['https:'] })
    : httpRequest({ ...options, agent: agents['http:'] });
}
