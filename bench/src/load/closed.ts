import { type Connection, openConnection } from './connection.ts';
import { expectedOf, type Load, type Measured, measured } from './load.ts';

/**
 * Each connection sends its next request as soon as it got the last answer, so many as the server takes. Counts after
 * the warm-up, for a time or for a number of requests.
 */
export async function closed(load: Load, request: () => string): Promise<Measured> {
  const latencies: number[] = [];
  const sentAt = new WeakMap<Connection, number>();
  const open = new Set<Connection>();
  const began = performance.now();
  const from = began + load.warmUpSeconds * 1000;
  const until = from + (load.seconds ?? Number.POSITIVE_INFINITY) * 1000;
  let left = load.requests ?? Number.POSITIVE_INFINITY;
  let cpu = process.cpuUsage();
  let last = began;
  let answers = 0;

  await new Promise<void>((resolve, reject) => {
    const send = (connection: Connection, now: number): void => {
      if (now >= until || left === 0) {
        connection.end();
        open.delete(connection);
        if (open.size === 0) resolve();
        return;
      }
      left -= 1;
      const text = request();
      sentAt.set(connection, performance.now());
      connection.send(text);
    };
    const answered = (connection: Connection): void => {
      const now = performance.now();
      answers += 1;
      if (now >= from && now <= until) {
        if (latencies.length === 0) cpu = process.cpuUsage();
        latencies.push(now - (sentAt.get(connection) ?? now));
        last = now;
      }
      send(connection, now);
    };
    const url = new URL(load.url);
    const need = { url, expected: expectedOf(load.asks), answered, failed: reject };
    void Promise.all(Array.from({ length: load.connections }, () => openConnection(need))).then((connections) => {
      for (const connection of connections) open.add(connection);
      for (const connection of connections) send(connection, performance.now());
    });
  });
  return measured(answers, latencies, last - from, process.cpuUsage(cpu));
}
