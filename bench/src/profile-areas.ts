/** What Node.js writes with `--cpu-prof`, as far as it is read. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** What a thread did. */
export interface Thread {
  /** For how much of the time it was not idle. */
  readonly busy: number;
  readonly areas: readonly Share[];
}

export interface Share {
  readonly area: string;
  /** Of the time in which the thread was not idle. */
  readonly share: number;
  /** The largest within it. */
  readonly functions: readonly { readonly name: string; readonly share: number }[];
}

/** Functions of Node.js itself that have no file. */
const builtIn: readonly (readonly [RegExp, string])[] = [
  [/^\(garbage collector\)$/, 'garbage collection'],
  [/^\(program\)$/, 'Node.js itself, the system calls of its event loop included'],
  [/^(writev|write(Utf8|Latin1|Ascii)String|writeBuffer|readStart|shutdown)$/, 'writing to sockets'],
  [/^postMessage$/, 'messages between the threads'],
  [/^(Hmac|Hash|hash|oneShotDigest|digest|createHmac)$/, 'HMAC'],
];

const files: readonly (readonly [RegExp, string])[] = [
  [/^node:(_http|internal\/(http|stream|net|dtrace|js_stream)|net|_stream|stream|events|https?)/, 'HTTP in Node.js'],
  [/^node:internal\/crypto/, 'HMAC'],
  [/^node:internal\/(worker|per_context\/messageport)/, 'messages between the threads'],
  [/^node:/, 'Node.js: timers, promises, buffers'],
  [/\/pg(-\w+)?\//, 'client of PostgreSQL'],
  [/node_modules\/zod\//, 'schemas'],
  [/node_modules\/(pino|prom-client|sonic-boom|thread-stream|quick-format|tdigest)/, 'metrics and log'],
  [/node_modules\/kysely/, 'ledger and decisions'],
  [/node_modules\//, 'Koa'],
  [/packages\/ts-rest-koa\//, 'routing and reading the body'],
  [/packages\/contracts\/src\/token\//, 'token, without its HMACs'],
  [/packages\/contracts\//, 'schemas'],
  [/apps\/server\/src\/observe\//, 'metrics and log'],
  // The profiler counts what SQLite does to the function that asked for it.
  [/ledger\/sqlite-statements/, 'SQLite: statements'],
  [/ledger\/sqlite-thread/, 'SQLite: commits, their syncs to disk included'],
  [/apps\/server\/src\/(production|http-server|server)/, 'the door'],
  [/apps\/server\//, 'ledger and decisions'],
];

/**
 * Sums up self time by area, from `skippedMs` after the profile's beginning. A function without a file counts to whoever
 * called it, unless it is known by its name.
 */
export function shares({ nodes, samples, timeDeltas }: CpuProfile, skippedMs: number): Thread {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const areaOf = (node: ProfileNode | undefined): string => {
    if (node === undefined) return 'the rest';
    const { functionName, url } = node.callFrame;
    const found = (url === '' ? builtIn : files).find(([pattern]) => pattern.test(url === '' ? functionName : url));
    return found?.[1] ?? areaOf(byId.get(parents.get(node.id) ?? -1));
  };

  const areas = new Map<string, Map<string, number>>();
  let total = 0;
  let idle = 0;
  let at = 0;
  for (const [index, sample] of samples.entries()) {
    const time = timeDeltas[index] ?? 0;
    at += time;
    const node = byId.get(sample);
    if (at < skippedMs * 1000 || node === undefined) continue;
    if (node.callFrame.functionName === '(idle)') {
      idle += time;
      continue;
    }
    const area = areaOf(node);
    const functions = areas.get(area) ?? new Map<string, number>();
    const { functionName, url } = node.callFrame;
    const name = `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}`.trim();
    functions.set(name, (functions.get(name) ?? 0) + time);
    areas.set(area, functions);
    total += time;
  }
  const largest = (functions: ReadonlyMap<string, number>) =>
    [...functions].map(([name, time]) => ({ name, share: time / total })).sort((a, b) => b.share - a.share);
  const sorted = [...areas]
    .map(([area, functions]) => {
      const all = largest(functions);
      const share = all.reduce((sum, each) => sum + each.share, 0);
      return { area, share, functions: all.slice(0, 5).filter((each) => each.share >= 0.005) };
    })
    .sort((a, b) => b.share - a.share);
  return { busy: total / (total + idle), areas: sorted };
}
