import { composeBody } from '@koobridge/contracts';
import * as z from 'zod';
import type { Callback } from '../callbacks/callback.ts';
import type { CallName } from '../callbacks/calls.ts';
import type { Message } from '../callbacks/message.ts';
import { flags } from './calls.ts';

/**
 * Calls that still wait for a repetition when a newer one about the same subject is made: the seller shall end up with
 * what is true, and a repetition of an earlier word must not come after a later one.
 */

const all: readonly CallName[] = ['tenantSync', 'applicationSync', 'authSync', 'singleOrgSync', 'allOrgSync'];

/** The activities whose waiting calls a newer one may overtake. */
export function mayOvertake({ activity, command }: Callback): readonly CallName[] {
  if (activity === 'tenantSync' && command === 'DELETE') return all;
  return activity === 'allOrgSync' ? ['allOrgSync', 'singleOrgSync'] : [activity];
}

export interface Overtaken {
  /** Those whose repetitions end. */
  readonly ended: readonly Message[];
  /** What is sent now: what is left of the ended ones, then the newer call, as far as it is still needed. */
  readonly calls: readonly Callback[];
}

/** `waiting` are calls of those activities. A call ends when the newer one tells all of it; who was never added is added. */
export function overtake(waiting: readonly Message[], newer: Callback): Overtaken {
  if (newer.activity === 'authSync') return overtakeUsers(waiting, newer);
  const ended = waiting.filter((old) => tellsAnew(newer, old));
  const neverAdded = newer.command === 'MODIFY' && ended.some(({ command }) => command === 'ADD');
  return { ended, calls: [neverAdded ? added(newer) : newer] };
}

function tellsAnew({ activity, body }: Callback, old: Message): boolean {
  if (old.activity !== 'singleOrgSync') return true;
  if (activity === 'allOrgSync') return old.command !== 'DELETE'; // a list tells what is there, not what is gone
  return activity !== 'singleOrgSync' || departmentOf(old.body) === departmentOf(body);
}

function overtakeUsers(waiting: readonly Message[], newer: Callback): Overtaken {
  const named = new Map(usersOf(newer.body).map((user) => [user.userName, user]));
  const ended: Message[] = [];
  const calls: Callback[] = [];
  for (const old of waiting) {
    const users = usersOf(old.body);
    const others = users.filter(({ userName }) => !named.has(userName));
    if (others.length === users.length) continue;
    ended.push(old);
    if (old.command === 'ADD' && newer.command === 'MODIFY') {
      calls.push(
        withUsers(
          old,
          users.map((user) => named.get(user.userName) ?? user),
        ),
      );
      for (const { userName } of users) named.delete(userName);
    } else if (others.length > 0) calls.push(withUsers(old, others));
  }
  if (named.size > 0) calls.push(ended.length === 0 ? newer : withUsers(newer, [...named.values()]));
  return { ended, calls };
}

const Department = z.object({ orgCode: z.string() });
const Users = z.object({ userList: z.array(z.looseObject({ userName: z.string() })) });
type Users = z.output<typeof Users>['userList'];

const departmentOf = (body: string): string => Department.parse(JSON.parse(body)).orgCode;
const usersOf = (body: string): Users => Users.parse(JSON.parse(body)).userList;

const withUsers = (call: Callback, userList: Users): Callback => changed(call, { userList });

const added = (call: Callback): Callback => ({ ...changed(call, { flag: flags.ADD }), command: 'ADD' });

/** A call with some members of its body changed; of a message, only what makes a call. */
function changed(call: Callback, members: object): Callback {
  const { activity, subject, license, instanceId, command, orderId, plan } = call;
  const message: unknown = JSON.parse(call.body);
  const body = composeBody({ ...Object(message), ...members });
  return { activity, subject, license, instanceId, command, orderId, plan, body };
}
