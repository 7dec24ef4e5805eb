/** Every interface by which the store calls a seller, one row each, for tables and for tests that none is forgotten. */
import { activities } from './activities.ts';
import type { Activity, ActivityTable } from './activity.ts';
import { kitActivities, v1KitActivities } from './kit-activities.ts';
import { kitPath, v1KitPath } from './paths.ts';
import { v1Activities } from './v1-activities.ts';

export interface StoreInterface extends Pick<Activity, 'name' | 'product' | 'keyClass' | 'tokenScheme' | 'source'> {
  /** `V1` is retired (R25). */
  readonly generation: '2.0' | 'V1';
  readonly direction: 'store to seller';
  readonly method: 'POST' | 'GET';
  /** Below the production address; empty for the address itself. */
  readonly path: string;
}

type Place = Pick<StoreInterface, 'generation' | 'method'> & { readonly pathOf: (name: string) => string };

const rows = (table: ActivityTable, { generation, method, pathOf }: Place): StoreInterface[] =>
  Object.values(table).map(({ name, product, keyClass, tokenScheme, source }) => ({
    name,
    generation,
    product,
    direction: 'store to seller',
    method,
    path: pathOf(name),
    keyClass,
    tokenScheme,
    source,
  }));

const itself = () => '';

export const interfaces: readonly StoreInterface[] = [
  ...rows(activities, { generation: '2.0', method: 'POST', pathOf: itself }),
  ...rows(kitActivities, { generation: '2.0', method: 'POST', pathOf: (name) => kitPath('', name) }),
  ...rows(v1Activities, { generation: 'V1', method: 'GET', pathOf: itself }),
  ...rows(v1KitActivities, { generation: 'V1', method: 'POST', pathOf: (name) => v1KitPath('', name) }),
];
