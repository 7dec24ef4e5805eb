import { once } from 'node:events';
import { createServer } from 'node:net';
import { allCases, profileIds, runSuite } from '@koobridge/conformance';
import { expect, it } from 'vitest';
import { keyRings, newKey } from '../credentials.ts';
import { startSeller } from '../seller.ts';

/** A second key in each ring, so that the rotation of keys can be seen. */
const keys = keyRings({
  base: [newKey('base-1'), newKey('base-2')],
  license: [newKey('license-1'), newKey('license-2')],
  kit: [newKey('kit-1'), newKey('kit-2')],
  general: [newKey('general-1'), newKey('general-2')],
  v1: [newKey('v1-1'), newKey('v1-2')],
});

/** Those of a rotation that is over; the server never knew them in this run, as after a restart without them. */
const retiredKeys = keyRings({
  base: [newKey('base-0')],
  license: [newKey('license-0')],
  kit: [newKey('kit-0')],
  general: [newKey('general-0')],
  v1: [newKey('v1-0')],
});

/** Real time, because the suite signs with it. */
const clock = {
  get now() {
    return Date.now();
  },
};

const profiles = profileIds.filter((id) => allCases.some(({ profile }) => profile === id));

it.each(profiles)(
  'this server conforms to every case of %s, without a warning',
  { timeout: 120_000 },
  async (profile) => {
    const environment = { KOOBRIDGE_KEYS: JSON.stringify(keys), V1_ENABLED: 'true', PORT: String(await freePort()) };
    const seller = await startSeller({ environment, clock });
    const { results, exitCode } = await runSuite({
      address: seller.url + seller.config.productionPath,
      keys,
      retiredKeys,
      profiles: [profile],
      strict: true,
      restart: () => seller.restart(),
      probe: { url: `${seller.url}/admin`, token: seller.config.adminToken },
    });
    // This process has no log of its own; test/process looks for keys in that of the command.
    const others = results.filter(({ verdict, case: { family } }) => verdict !== 'passed' && family !== 'secret');
    expect(others.map(({ case: { id }, verdict, deviation, reason }) => ({ id, verdict, deviation, reason }))).toEqual(
      [],
    );
    expect(exitCode).toBe(0);
  },
);

/** The server must come back at the same address after a restart. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
