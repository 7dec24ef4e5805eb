import { connect, type Socket } from 'node:net';

/** What one round of load measured. */
export interface Round {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface Load {
  /** `http://host:port`. */
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** One whole HTTP/1.1 request, made anew for each call. */
  readonly request: () => string;
  /** What an answer's body must hold; another answer ends the round with an error. */
  readonly expected: string;
}

/**
 * Sends requests over keep-alive connections, each one as soon as its connection got the last answer. Plain sockets,
 * because a full HTTP client would cost more than the servers it measures.
 */
export async function run(load: Load): Promise<Round> {
  const latencies: number[] = [];
  const begin = performance.now();
  const end = begin + load.seconds * 1000;
  await Promise.all(Array.from({ length: load.connections }, () => worker(load, end, latencies)));
  const seconds = (performance.now() - begin) / 1000;
  latencies.sort((a, b) => a - b);
  const percentile = (share: number): number => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
  return { requestsPerSecond: latencies.length / seconds, p50Ms: percentile(0.5), p99Ms: percentile(0.99) };
}

function worker({ url, request, expected }: Load, end: number, latencies: number[]): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname).setNoDelay();
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let received = '';
    const send = (): void => {
      received = '';
      sentAt = performance.now();
      socket.write(request());
    };
    socket.setEncoding('latin1');
    socket.once('connect', send);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const bodyAt = received.indexOf('\r\n\r\n') + 4;
      if (bodyAt < 4) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
      if (received.length < bodyAt + length) return;
      const now = performance.now();
      latencies.push(now - sentAt);
      if (!received.includes(expected)) socket.destroy(new Error(`unexpected answer: ${received}`));
      else if (now < end) send();
      else socket.end();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve());
  });
}
