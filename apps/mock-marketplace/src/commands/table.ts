import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Its module is loaded when it is asked for, so that the others start without it. */
  load(): Promise<{ readonly command: Command }>;
}

/** A command of a package, which reads its own arguments and prints its own help. */
export interface ForeignEntry {
  readonly name: string;
  readonly summary: string;
  /** Resolves to the exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

export const foreignCommands: readonly ForeignEntry[] = [
  {
    name: 'conform',
    summary: 'runs the conformance suite against a production address',
    run: async (args, terminal) => (await import('./conform.ts')).runConform(args, terminal),
  },
];

/** Every command of the marketplace, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'sells, keeps a clock that you move, and calls your production server back',
    load: () => import('./serve.ts'),
  },
  {
    name: 'trigger',
    summary: 'sends one signed callback and judges the answer; needs no marketplace that runs',
    load: () => import('./trigger.ts'),
  },
  { name: 'sign', summary: 'prints a signed callback as curl and sends nothing', load: () => import('./sign.ts') },
  {
    name: 'explain',
    summary: 'says why a request does not verify, and never prints a key',
    load: () => import('./explain.ts'),
  },
  { name: 'clock', summary: 'shows the life-cycle clock, and moves it', load: () => import('./clock.ts') },
  { name: 'orders', summary: 'buys, and shows what was ordered', load: () => import('./orders.ts') },
  { name: 'licenses', summary: 'License codes: what becomes of them', load: () => import('./licenses.ts') },
  {
    name: 'instances',
    summary: 'SaaS instances and online Licenses: what becomes of them',
    load: () => import('./instances.ts'),
  },
  {
    name: 'messages',
    summary: 'interface messages: every call, its attempts and verdicts; follow them like a log',
    load: () => import('./messages.ts'),
  },
  { name: 'products', summary: 'what is sold, and whether it is on sale', load: () => import('./products.ts') },
  { name: 'customers', summary: 'who buys', load: () => import('./customers.ts') },
  { name: 'seed', summary: 'shows what everything random is drawn from', load: () => import('./seed.ts') },
  { name: 'reset', summary: 'empties the marketplace to a fresh state', load: () => import('./reset.ts') },
  { name: 'control', summary: 'makes any call of the control API', load: () => import('./control.ts') },
];
