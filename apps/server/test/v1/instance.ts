import type * as z from 'zod';
import { InstanceDetail } from '../../src/admin/contract.ts';
import type { Seller } from '../seller.ts';
import type { Parameters, V1Store } from './store.ts';

export const v1On = { V1_ENABLED: 'true' };

/** Buys, and gives the id of the instance. */
export async function bought({ get }: V1Store, parameters: Parameters): Promise<string> {
  const { json } = await get(parameters);
  if (typeof json['instanceId'] !== 'string') throw new Error(`no instance: ${JSON.stringify(json)}`);
  return json['instanceId'];
}

/** What /admin tells of one instance. */
export async function instanceOf(seller: Seller, instanceId: string): Promise<z.output<typeof InstanceDetail>> {
  return InstanceDetail.parse((await seller.admin(`/instances/${instanceId}`)).body);
}
