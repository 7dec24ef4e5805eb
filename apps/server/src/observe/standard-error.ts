import { write } from 'node:fs';

/** Takes lines and never throws, never blocks, never holds more than so many bytes of them. */
export interface LineSink {
  write(line: string): void;
  /** Resolves when everything was written or given up. */
  flushed(): Promise<void>;
}

const descriptor = 2;
const waitingLimit = 1024 * 1024;

/**
 * Standard error, written beside the answers and never before them: a full disk or a pipe that nobody reads costs log
 * lines, not callbacks. Pino's own destination waits for either of them without end when the process exits.
 */
export function standardError(): LineSink {
  let waiting = '';
  let writing: Promise<void> | undefined;

  const writeOut = async (): Promise<void> => {
    while (waiting !== '') {
      const text = Buffer.from(waiting);
      waiting = '';
      await writeAll(text);
    }
    writing = undefined;
  };

  return {
    write(line) {
      if (waiting.length + line.length > waitingLimit) return;
      waiting += line;
      writing ??= writeOut();
    },
    flushed: () => writing ?? Promise.resolve(),
  };
}

/** Resolves when the bytes are written, or cannot be. */
function writeAll(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    write(descriptor, bytes, (error, written) => {
      if (error === null && written > 0 && written < bytes.length) resolve(writeAll(bytes.subarray(written)));
      else resolve();
    });
  });
}
