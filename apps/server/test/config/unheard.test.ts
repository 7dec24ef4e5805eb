import { eventTypes } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { unheard, unheardAdvice } from '../../src/config/unheard.ts';
import { credentials, keyRings, newKey } from '../credentials.ts';
import { configOf, startSeller } from '../seller.ts';

const events = {
  EVENTS_URL: 'http://127.0.0.1:9/events',
  EVENTS_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
};
const rings = (given: object) => ({ KOOBRIDGE_KEYS: JSON.stringify({ ...given }) });
const everyHandler = Object.fromEntries(eventTypes.map((type) => [type, () => undefined]));

describe('at start', () => {
  test('without handlers, what is made up is told, and what nobody hears of', () => {
    const told = unheardAdvice(configOf({ ...credentials(), ...rings({ base: [newKey('base')] }) }));
    expect(told).toEqual([
      expect.stringMatching(/instance\.created: a buyer who paid gets a placeholder/),
      expect.stringMatching(/license\.requested: no License is uploaded/),
      'EVENTS_URL is not set and there is no handler, so nobody hears of: instance.refreshed, ' +
        'instance.status_changed, instance.released, instance.upgraded',
    ]);
  });

  test('a webhook hears of everything, and makes nothing', () => {
    const config = configOf({ ...credentials(), ...events });
    expect(unheard(config)).toEqual({ placeholders: ['instance.created', 'license.requested'], events: [] });
  });

  test('only what the rings in use can cause is told', () => {
    const { placeholders, events: types } = unheard(configOf({ ...credentials(), ...rings({ kit: [newKey('kit')] }) }));
    expect(placeholders).toEqual([]);
    expect(types.length).toBeGreaterThan(0);
    for (const type of types) expect(type).toMatch(/synced$/);
  });

  test('with every handler there is nothing to tell', () => {
    const environment = { ...credentials(), KOOBRIDGE_KEYS: JSON.stringify(keyRings()) };
    expect(unheardAdvice(configOf(environment, { handlers: { provisioning: everyHandler } }))).toEqual([]);
  });
});

test('the metrics show which handlers are missing', async () => {
  const seller = await startSeller({ handlers: { provisioning: { 'instance.created': () => undefined } } });
  const metrics = await (await seller.get('/metrics')).text();
  expect(metrics).toContain('koobridge_handler_missing{handler="instance.created"} 0');
  expect(metrics).toContain('koobridge_handler_missing{handler="license.requested"} 1');
});
