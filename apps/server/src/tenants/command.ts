import { type KitActivityName, type KitRequest, kitFlag } from '@koobridge/contracts';
import type { NewEvent } from '../outbox/new-event.ts';
import type { TenantRecordKind } from './tables.ts';

/** Whose records a call is about. */
export interface TenantId {
  readonly instanceId: string;
  readonly tenantId: string;
}

/** One record that a call sets or deletes. */
export interface RecordChange {
  readonly kind: TenantRecordKind;
  /** What tells it from others of its kind, before a user's is digested. */
  readonly key: string;
  /** Null deletes it. */
  readonly data: object | null;
}

/** What the Kit orders: records to set, and the event that tells of it. */
export interface TenantCommand extends TenantId {
  readonly tokenTimestamp: number;
  readonly changes: readonly RecordChange[];
  /** Tells of those `changes`, by their index, that took effect: others were overtaken, and are not told. */
  readonly event: (tookEffect: ReadonlySet<number>) => NewEvent;
  /** What of `changes` was carried out ahead: how many of them, and those that took effect. */
  readonly ahead?: { readonly count: number; readonly tookEffect: ReadonlySet<number> };
}

/** A checked Kit call. An `applicationSync` comes with its secret decrypted (R26). */
export type KitCall = {
  [Name in KitActivityName]: { readonly name: Name; readonly request: KitRequest<Name> };
}[KitActivityName];

const changeWords = { 0: 'deleted', 1: 'added', 2: 'modified', 3: 'cancelled' } as const;

/** A Kit call as a command; `flag` 0 deletes and 3 takes an authorisation away, everything else sets what was sent. */
export function tenantCommand(call: KitCall, tokenTimestamp: number): TenantCommand {
  const { instanceId, tenantId } = call.request;
  const tenant = { instanceId, tenantId };
  const subject = tenantId;
  switch (call.name) {
    case 'tenantSync': {
      const { orderId, tenantCode, name, domainName, flag } = call.request;
      const data = { orderId, tenantCode, name, domainName };
      return {
        ...tenant,
        tokenTimestamp,
        changes: [change('tenant', '', flag, data)],
        event: () => ({ type: 'tenant.synced', subject, data: { ...tenant, change: changeWords[flag], ...data } }),
      };
    }
    case 'applicationSync': {
      const { appId, clientId, clientSecret, flag } = call.request;
      return {
        ...tenant,
        tokenTimestamp,
        changes: [change('application', appId, flag, { clientId, clientSecret })],
        event: () => ({
          type: 'application.synced',
          subject,
          data: { ...tenant, change: changeWords[flag], appId, clientId },
        }),
      };
    }
    case 'authSync': {
      const { appId, userList: users, flag } = call.request;
      return {
        ...tenant,
        tokenTimestamp,
        changes: users.map((user) => change('user', JSON.stringify([appId, user.userName]), flag, { appId, ...user })),
        event: (tookEffect) => ({
          type: 'users.synced',
          subject,
          data: {
            ...tenant,
            change: changeWords[flag],
            appId,
            users: users.filter((_, index) => tookEffect.has(index)),
          },
        }),
      };
    }
    case 'singleOrgSync': {
      const { orgCode, orgName, parentCode, flag } = call.request;
      const department = { orgCode, orgName, parentCode };
      return {
        ...tenant,
        tokenTimestamp,
        changes: [change('department', orgCode, flag, department)],
        event: () => ({
          type: 'department.synced',
          subject,
          data: { ...tenant, change: changeWords[flag], ...department },
        }),
      };
    }
    case 'allOrgSync': {
      const departments = call.request.orgInfoList;
      return {
        ...tenant,
        tokenTimestamp,
        // No page says that departments absent from the list are to be deleted; `singleOrgSync` deletes one.
        changes: departments.map((department) => change('department', department.orgCode, kitFlag.add, department)),
        event: (tookEffect) => ({
          type: 'departments.synced',
          subject,
          data: { ...tenant, departments: departments.filter((_, index) => tookEffect.has(index)) },
        }),
      };
    }
  }
}

const change = (kind: TenantRecordKind, key: string, flag: number, data: object): RecordChange => ({
  kind,
  key,
  data: flag === kitFlag.delete || flag === kitFlag.cancelAuthorization ? null : data,
});
