import { connect } from 'node:net';

/** Calls at a steady rate, whatever else happens. */
export interface Steady {
  /** `http://host:port`. */
  readonly url: string;
  readonly connections: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** One whole HTTP/1.1 request, made anew for each call. */
  readonly request: () => string;
  /** What an answer's body must hold; another answer ends the run with an error. */
  readonly expected: string;
}

/**
 * Milliseconds from the moment at which each call was due until its answer, sorted: a call that has to wait for the one
 * before it on its connection has waited all the same.
 */
export async function steadily(load: Steady): Promise<readonly number[]> {
  const latencies: number[] = [];
  const begun = performance.now();
  await Promise.all(Array.from({ length: load.connections }, (_, index) => caller(load, begun, index, latencies)));
  return latencies.sort((a, b) => a - b);
}

function caller(load: Steady, begun: number, index: number, latencies: number[]): Promise<void> {
  const { hostname, port } = new URL(load.url);
  const gapMs = (1_000 * load.connections) / load.perSecond;
  const calls = Math.floor((load.seconds * 1_000) / gapMs);
  const socket = connect(Number(port), hostname).setNoDelay().setEncoding('latin1');
  return new Promise((resolve, reject) => {
    let sent = 0;
    let due = 0;
    let received = '';
    const send = (): void => {
      if (sent === calls) {
        socket.end();
        return;
      }
      received = '';
      due = begun + (sent + index / load.connections) * gapMs;
      sent += 1;
      setTimeout(() => socket.write(load.request()), Math.max(0, due - performance.now()));
    };
    socket.once('connect', send);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const bodyAt = received.indexOf('\r\n\r\n') + 4;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
      if (bodyAt < 4 || received.length < bodyAt + length) return;
      latencies.push(performance.now() - due);
      if (received.includes(load.expected)) send();
      else socket.destroy(new Error(`unexpected answer: ${received}`));
    });
    socket.once('error', reject);
    socket.once('close', () => resolve());
  });
}
