/** What a command is given of the world; a test passes its own. */
export interface Terminal {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<string | Uint8Array> & { readonly isTTY?: boolean };
  readonly stdout: Printer;
  readonly stderr: Printer;
  /** A signal that is aborted when the process is told to stop, which from then on does not end it at once. */
  interrupted(): AbortSignal;
  /** Real time, milliseconds since the epoch. */
  readonly now: () => number;
  /** Waits, no longer than until the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

export type Printer = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** All of standard input. */
export async function readInput({ stdin }: Terminal): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
