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

/** A server that answers this call alone would hold every other case up for its whole time limit. */
const mostInSilence = 10;

/** `ask` sends a call that any server of this kind answers. */
export function takePulse(client: Client, ask: () => Promise<Exchange>): Pulse {
  let suspicious = false;
  let answered = false;
  /** Cases in a row in which nothing was answered. */
  let silences = 0;
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
        else answered = true;
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
      silences = suspicious && !answered ? silences + 1 : 0;
      answered = false;
      if (silences >= mostInSilence) dead = true;
      else if (suspicious) {
        asking ??= check().finally(() => {
          asking = undefined;
        });
      }
      await asking;
    },
  };
}
