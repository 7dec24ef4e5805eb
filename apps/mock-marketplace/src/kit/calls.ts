import { composeBody, formatStoreTime, type KitActivityName, type kitActivities, kitFlag } from '@koobridge/contracts';
import type * as z from 'zod';
import type { Callback } from '../callbacks/callback.ts';
import type { Client, Department, Tenant, User } from './enterprise.ts';

/** The calls of the Kit. The path tells what they are, so their bodies hold no `activity`. */

type Message<Name extends KitActivityName> = z.input<(typeof kitActivities)[Name]['request']>;

/** What a call is about. Ids are empty while a seller applies for a credential, when there is no order yet. */
export interface Place {
  readonly subject: string;
  readonly instanceId: string;
  readonly orderId: string;
}

export const flags = {
  ADD: kitFlag.add,
  MODIFY: kitFlag.modify,
  DELETE: kitFlag.delete,
  CANCEL_AUTHORIZATION: kitFlag.cancelAuthorization,
} as const;
export type KitCommand = keyof typeof flags;
type Command<Name extends KitCommand = 'ADD' | 'MODIFY' | 'DELETE'> = Name;

function callback(
  activity: KitActivityName,
  { subject, instanceId, orderId }: Place,
  command: KitCommand | null,
  message: Message<KitActivityName>,
): Callback {
  const body = composeBody({ ...message });
  const shared = { activity, subject, license: null, command, body, plan: 'kit' } as const;
  return { ...shared, instanceId: instanceId || null, orderId: orderId || null };
}

/** Real traffic, also in the seller's own flow, whose data the login needs afterwards. */
const members = ({ instanceId }: Place, tenantId: string, now: number) =>
  ({ instanceId, tenantId, testFlag: 0, timeStamp: timeStamp(now) }) as const;

/** UTC+8, `yyyyMMddHHmmssSSS`; the life-cycle clock has whole seconds. */
const timeStamp = (now: number): string => `${formatStoreTime(now + 8 * 3_600_000)}000`;

export function tenantCall(place: Place, tenant: Tenant, domainName: string, command: Command, now: number): Callback {
  const { tenantId, tenantCode, name } = tenant;
  const { orderId } = place;
  const flag = flags[command];
  const message: Message<'tenantSync'> = {
    ...members(place, tenantId, now),
    orderId,
    tenantCode,
    name,
    domainName,
    flag,
  };
  return callback('tenantSync', place, command, message);
}

export function applicationCall(place: Place, client: Client, command: Command, now: number): Callback {
  const { tenantId, appId, clientId, encryptedSecret } = client;
  const message: Message<'applicationSync'> = {
    ...members(place, tenantId, now),
    appId,
    clientId,
    clientSecret: encryptedSecret,
    flag: flags[command],
  };
  return callback('applicationSync', place, command, message);
}

export function usersCall(
  place: Place,
  { tenantId, appId }: Pick<Client, 'tenantId' | 'appId'>,
  users: readonly User[],
  command: KitCommand,
  now: number,
): Callback {
  const shared = members(place, tenantId, now);
  const message: Message<'authSync'> = {
    ...shared,
    appId,
    userList: [...users],
    currentSyncTime: shared.timeStamp,
    flag: flags[command],
  };
  return callback('authSync', place, command, message);
}

export function departmentCall(
  place: Place,
  tenantId: string,
  department: Department,
  command: Command,
  now: number,
): Callback {
  const message: Message<'singleOrgSync'> = { ...members(place, tenantId, now), ...department, flag: flags[command] };
  return callback('singleOrgSync', place, command, message);
}

/** The list as an array, as the table has it, and no `flag`, which only the example has. */
export function organisationCall(
  place: Place,
  tenantId: string,
  departments: readonly Department[],
  now: number,
): Callback {
  const message: Message<'allOrgSync'> = { ...members(place, tenantId, now), orgInfoList: [...departments] };
  return callback('allOrgSync', place, null, message);
}
