import type { Exchange } from '../http/exchange.ts';
import type { Client } from '../http/send.ts';

/** Notices whether a server is still alive: a suite must not accuse it of hundreds of clauses because it is gone. */
export interface Pulse {
  /** The client to use; it remembers whether an exchange stayed without an answer. */
  readonly client: Client;
  readonly dead: boolean;
  /** To be asked after each case. */
  check(): Promise<void>;
}

/** `ask` sends a call that any server of this kind answers. */
export function takePulse(client: Client, ask: () => Promise<Exchange>): Pulse {
  let suspicious = false;
  let dead = false;
  let asking: Promise<void> | undefined;
  const check = async (): Promise<void> => {
    suspicious = false;
    // Asked twice: a busy server may drop one.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      if ((await ask()).kind === 'answered') return;
    }
    dead = true;
  };
  return {
    client: {
      async send(request, limits) {
        const exchange = await client.send(request, limits);
        if (exchange.kind === 'unanswered') suspicious = true;
        return exchange;
      },
      sendRaw: (request, limits) => client.sendRaw(request, limits),
      close: () => client.close(),
    },
    get dead() {
      return dead;
    },
    async check() {
      if (dead) return;
      if (suspicious) {
        asking ??= check().finally(() => {
          asking = undefined;
        });
      }
      await asking;
    },
  };
}
