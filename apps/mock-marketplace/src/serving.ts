import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stopping } from './callbacks/delivery.ts';
import { lines, type Output, silent } from './callbacks/output.ts';
import { httpSender } from './callbacks/send.ts';
import { callSigner } from './callbacks/sign-call.ts';
import { wholeSecond } from './clock/calendar.ts';
import { openRecords, type Records } from './database/records.ts';
import { drawFrom } from './draw.ts';
import type { Profile } from './hostility/profile.ts';
import { application } from './http.ts';
import { marketplace } from './marketplace.ts';
import type { Settings } from './settings.ts';

/** A marketplace that listens. */
export interface Serving {
  /** `http://HOST:PORT`, with the port it really has. */
  readonly url: string;
  /** What everything random is drawn from. */
  seed(): string;
  /** What the store does around its calls at present. */
  profile(): Profile;
  /** Takes up what was on the wire when the marketplace last ended; for once, before anything else takes a turn. */
  resume(): void;
  /** Ends what is under way and closes everything within `graceMs` and a little. */
  stop(): Promise<void>;
}

/** How long answers under way may take when the marketplace stops; it has to be gone after 5 s. */
const graceMs = 3000;

/** Opens the records and listens; calls are shown on `stdout` as `shown` does it. Throws when it cannot, with what to do about it. */
export async function startServing(
  settings: Settings,
  stdout: NodeJS.WritableStream,
  report: (error: unknown) => void,
  shown: (stream: NodeJS.WritableStream) => Output = lines,
): Promise<Serving> {
  const realNow = Date.now;
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // one for each call under way
  const records: Records = openRecords(
    settings.database,
    wholeSecond(realNow()),
    settings.seed ?? randomUUID(),
    settings.profile,
  );
  const market = marketplace({
    records,
    sign: callSigner(settings.productionAddress, settings.keys, realNow),
    send: httpSender(settings.callTimeoutMs),
    output: settings.output === 'calls' ? shown(stdout) : silent,
    moments: settings.freezeMoments,
    draw: drawFrom(records.seed),
    realNow,
    stopping: stopping.signal,
  });
  const server = createServer();
  // A TCP server has an address that is an object once it listens, and nobody calls before.
  const bound = (): AddressInfo => server.address() as AddressInfo;
  const listening = () => ({ host: settings.host, address: bound().address });
  const app = application(market, { accessKey: settings.accessKey, baseKeys: settings.keys.base, listening }, report);
  server.on('request', app.callback());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(settings.port, settings.host, resolve);
    });
  } catch (error) {
    records.close();
    throw cannotListen(settings, error);
  }
  const { port } = bound();
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const url = `http://${host}:${port}`;
  records.kit.reachedAt(settings.loginOrigin ?? localUrl(url));
  let resumed: Promise<void> | undefined;
  return {
    url,
    seed: records.seed,
    profile: records.hostility.profile,
    resume: () => {
      resumed = market.turns
        .take(() => market.delivery.resume())
        .catch((error: unknown) => {
          if (!(error instanceof Stopping)) report(error);
        });
    },
    stop: async () => {
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(late);
      await resumed;
      await market.turns.take(async () => records.close());
    },
  };
}

/** An address to call for one that means every address of this machine. */
const localUrl = (url: string): string => url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');

function cannotListen({ host, port }: Settings, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const remedy = isTaken
    ? 'another program has this address; end it, or set HOST and PORT to one that is free (PORT=0 takes a free port)'
    : 'set HOST to an address of this machine and PORT to a port that this user may open';
  return new Error(`nothing can listen on port ${port} of ${host} (${why}): ${remedy}.`, { cause: error });
}
