/** How a command ends, for whoever called it. */
export const exitCode = { done: 0, refused: 1, misused: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export const exitCodes: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'the seller or the marketplace said no, or a call was judged failed',
  2: 'not understood: the command line, a file it names, or the settings',
  3: 'not reachable: the marketplace, or the production address',
};

/** The command line asks for what cannot be: a sentence that says what. */
export interface Misuse {
  readonly misuse: string;
}

export type Ended = ExitCode | Misuse;
export const misuse = (sentence: string): Misuse => ({ misuse: sentence });
