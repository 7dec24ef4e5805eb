import { type Result, result, resultCode } from '@koobridge/contracts';
import type { Delivery } from '../handlers/handlers.ts';
import { type AppliedLine, conflictResult } from '../ledger/order-lines.ts';
import { changeStatus, done, type LifeDecision, newLife, notFound, refresh, release } from '../life/life.ts';
import type { CreateCommand, InstanceCommand } from './command.ts';
import type { Instance } from './instance.ts';

export interface InstanceRules {
  /** `newInstance` answers `000004` while provisioning is under way. */
  readonly asynchronousCreate: boolean;
  /** Whether a handler of the seller makes instances; without one they are ready at once, with a placeholder. */
  readonly provisioned: boolean;
}

/** What follows from a command. Whatever is absent stays as it was. */
export interface InstanceDecision {
  readonly answer: Result;
  /** The instance as it is from now on. */
  readonly instance?: Instance;
  /** What the buyer gets, where it is known now. */
  readonly delivery?: Delivery;
  /** The command's order line takes effect and is remembered (R15). */
  readonly line?: AppliedLine;
  /** The member in which the command contradicts an order line that was applied (R15). */
  readonly conflict?: 'instanceId' | 'expireTime';
  readonly confirmExpiry?: 'ask' | 'withdraw';
}

const processing = result(resultCode.processing);

/** Decides what a callback means for its instance (R15–R19). Pure. `applied` is the command's order line, if it was applied before. */
export function decide(
  known: Instance | undefined,
  applied: AppliedLine | undefined,
  command: InstanceCommand,
  rules: InstanceRules,
): InstanceDecision {
  if (command.kind === 'create') return create(known, command, rules);
  if (applied !== undefined) return repeat(applied, command);
  if (known === undefined) return { answer: notFound }; // R19
  switch (command.kind) {
    case 'refresh': {
      const decision = refresh(known, command);
      const line: AppliedLine = { subject: known.instanceId, expiresAt: command.expiresAt };
      return decision.life === undefined ? decision : { ...of(known, decision), line };
    }
    case 'status':
      return of(known, changeStatus(known, command));
    case 'release':
      return of(known, release(known));
    case 'upgrade':
      if (known.status === 'RELEASED') return { answer: notFound }; // R18
      return { answer: done, instance: known, line: { subject: known.instanceId, expiresAt: null } };
  }
}

const of = (known: Instance, { life, ...decision }: LifeDecision): InstanceDecision =>
  life === undefined ? decision : { ...decision, instance: { ...known, ...life } };

/** The instance's id follows from the order line, so a known one means that this line was applied (R15). */
function create(known: Instance | undefined, command: CreateCommand, rules: InstanceRules): InstanceDecision {
  if (known !== undefined) return { answer: createAnswer(known) };
  const { instanceId, verdict } = command;
  if (!verdict.accept) return { answer: result(verdict.resultCode, verdict.message) };
  const delivery = verdict.delivery ?? (rules.provisioned ? undefined : placeholder(instanceId));
  const instance: Instance = {
    ...newLife,
    instanceId,
    provisioning: delivery === undefined ? 'PENDING' : 'READY',
    processing: command.answersLicense || (verdict.processing ?? rules.asynchronousCreate),
  };
  return {
    answer: createAnswer(instance),
    instance,
    line: { subject: instanceId, expiresAt: null },
    ...(delivery === undefined ? {} : { delivery }),
  };
}

const createAnswer = ({ provisioning, processing: isTold, status }: Instance): Result =>
  provisioning === 'PENDING' && isTold && status !== 'RELEASED' ? processing : done;

/** An order line is applied once: the same again is success, another meaning is a conflict (R15). */
function repeat(applied: AppliedLine, command: Exclude<InstanceCommand, CreateCommand>): InstanceDecision {
  const conflict =
    applied.subject !== command.instanceId
      ? 'instanceId'
      : command.kind === 'refresh' && applied.expiresAt !== command.expiresAt
        ? 'expireTime'
        : undefined;
  return conflict === undefined ? { answer: done } : { answer: conflictResult(conflict), conflict };
}

/** What a buyer gets when no code of the seller makes instances; also what debugging calls are answered (R12). */
export const placeholder = (instanceId: string) => ({
  appInfo: {
    frontEndUrl: `https://example.com/instances/${instanceId}`,
    memo: 'Placeholder: no provisioning handler is configured.',
  },
  license: `PLACEHOLDER-${instanceId}`,
});
