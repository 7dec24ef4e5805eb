import { type Connection, openConnection } from './connection.ts';
import { expectedOf, type Load, type Measured, measured } from './load.ts';

/**
 * Sends at a fixed rate, whether or not the server keeps up: each latency counts from the moment when the request was
 * due, so that a stall shows in all that had to wait for it, and not only in those that were already sent.
 */
export async function paced(load: Load, rate: number, request: () => string): Promise<Measured> {
  const latencies: number[] = [];
  const due = new WeakMap<Connection, number>();
  const idle: Connection[] = [];
  const warmUpMs = load.warmUpSeconds * 1000;
  const total = Math.floor(rate * (load.warmUpSeconds + (load.seconds ?? 0)));
  let sent = 0;
  let answers = 0;
  let cpu = process.cpuUsage();

  await new Promise<void>((resolve, reject) => {
    let began = 0;
    const dueAt = (number: number): number => began + (number * 1000) / rate;
    const send = (): void => {
      const now = performance.now();
      while (sent < total && dueAt(sent) <= now) {
        const connection = idle.pop();
        if (connection === undefined) return;
        due.set(connection, dueAt(sent));
        sent += 1;
        connection.send(request());
      }
    };
    const answered = (connection: Connection): void => {
      const since = due.get(connection) ?? 0;
      if (since - began >= warmUpMs) {
        if (latencies.length === 0) cpu = process.cpuUsage();
        latencies.push(performance.now() - since);
      }
      answers += 1;
      idle.push(connection);
      if (answers === total) {
        clearInterval(timer);
        for (const each of idle) each.end();
        resolve();
      } else send();
    };
    const url = new URL(load.url);
    const need = { url, expected: expectedOf(load.asks), answered, failed: reject };
    let timer: NodeJS.Timeout | undefined;
    void Promise.all(Array.from({ length: load.connections }, () => openConnection(need))).then((connections) => {
      idle.push(...connections);
      began = performance.now();
      timer = setInterval(send, 1);
    });
  });
  return measured(answers, latencies, (load.seconds ?? 0) * 1000, process.cpuUsage(cpu));
}
