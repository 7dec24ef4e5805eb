/** What a trace of a server's system calls tells about syncs to disk. */
export interface Syncs {
  /** Names of which an answer left. */
  readonly answered: ReadonlySet<string>;
  /** Those whose answer left before what was written of them was synced. */
  readonly unsynced: readonly string[];
  /** Of the journal, from the first name that was received to the last answer. */
  readonly syncs: number;
}

/**
 * Reads what strace wrote with `-f -y`: `journal` is the file that must be synced before an answer leaves, `name` finds in
 * requests and in what is written the names that tell one callback from another.
 */
export function syncsIn(trace: string, journal: string, name: RegExp): Syncs {
  const written = new Map<string, 'written' | 'synced'>();
  const asked = new Map<string, string>();
  const answered = new Set<string>();
  const unsynced: string[] = [];
  let sinceFirst = 0;
  let syncs = 0;
  const synced = (): void => {
    if (asked.size > 0) sinceFirst += 1;
    for (const each of written.keys()) written.set(each, 'synced');
  };
  for (const line of whole(trace)) {
    const [, call = '', file = '', rest = ''] = /^\d+ +(\w+)\(\d+<([^>]*)>(.*)$/.exec(line) ?? [];
    if (call === 'fsync' || call === 'fdatasync') {
      if (file === journal && line.endsWith('= 0')) synced();
    } else if (call === 'pwrite64' && file === journal) {
      for (const [each] of rest.matchAll(name)) if (!written.has(each)) written.set(each, 'written');
    } else if (call === 'read' && file.startsWith('socket:')) {
      for (const [each] of rest.matchAll(name)) asked.set(file, each);
    } else if (/^writev?$/.test(call) && file.startsWith('socket:') && rest.includes('000000')) {
      const each = asked.get(file);
      if (each === undefined) continue;
      answered.add(each);
      if (written.get(each) !== 'synced') unsynced.push(each);
      syncs = sinceFirst;
    }
  }
  return { answered, unsynced, syncs };
}

/**
 * The calls of a trace in their order. Where another thread's came between the two halves of one, a write counts from its
 * beginning, and a read or a sync from its end.
 */
function* whole(trace: string): Generator<string> {
  const begun = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [thread = ''] = line.split(' ', 1);
    const [, beginning] = /^(.*) <unfinished \.\.\.>$/.exec(line) ?? [];
    const [, end] = /^\d+ +<\.\.\. \w+ resumed>(.*)$/.exec(line) ?? [];
    if (beginning !== undefined && /^\d+ +(read|fsync|fdatasync)\(/.test(line)) begun.set(thread, beginning);
    else if (end === undefined) yield line;
    else if (begun.has(thread)) {
      yield `${begun.get(thread)}${end}`;
      begun.delete(thread);
    }
  }
}
