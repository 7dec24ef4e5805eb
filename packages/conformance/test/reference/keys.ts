import { KeyRings } from '@koobridge/contracts';

const rings = ['base', 'license', 'kit', 'general', 'v1'] as const;
const ringsOf = (keys: (ring: string) => readonly { readonly id: string; readonly secret: string }[]): KeyRings =>
  KeyRings.parse(Object.fromEntries(rings.map((ring) => [ring, keys(ring)])));

/** Two keys in each ring, so that every case can be observed. */
export const keys = ringsOf((ring) =>
  [1, 2].map((number) => ({ id: `${ring}-${number}`, secret: `secret-${number}-of-the-ring-${ring}` })),
);

/** What the rings held once. */
export const retiredKeys = ringsOf((ring) => [{ id: `${ring}-0`, secret: `secret-0-of-the-ring-${ring}` }]);
