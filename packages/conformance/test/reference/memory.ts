import { setTimeout as pause } from 'node:timers/promises';
import {
  type AppliedLine,
  type Json,
  type Life,
  newLife,
  notFound,
  type Outcome,
  type Steps,
  success,
} from './steps.ts';

/** What the reference seller remembers. */
export interface Memory {
  readonly nonces: Set<string>;
  readonly lines: Map<string, AppliedLine>;
  readonly refusedLines: Set<string>;
  readonly licenses: Map<string, Life>;
  readonly instances: Map<string, Life>;
  readonly log: string[];
}

export const newMemory = (): Memory => ({
  nonces: new Set(),
  lines: new Map(),
  refusedLines: new Set(),
  licenses: new Map(),
  instances: new Map(),
  log: [],
});

/** What a restart does to it. */
export function forget(memory: Memory, { survives }: Steps): void {
  if (!survives('nonces')) memory.nonces.clear();
  if (!survives('lines')) memory.lines.clear();
  if (!survives('lives')) for (const kind of ['licenses', 'instances'] as const) memory[kind].clear();
}

const withLine = ['refreshLicenseCode', 'refreshInstance', 'upgradeInstance', 'getLicenseAsync'];

/** Applies a verified call whose members are right (R15–R19). */
export async function applyCall(
  activity: string,
  json: Json,
  timestamp: number,
  steps: Steps,
  memory: Memory,
): Promise<Outcome> {
  if (activity === 'orderNotify') return success;
  if (activity === 'newInstance') return create(activity, json, steps, memory);
  if (activity === 'queryInstance') return query(json, steps, memory);
  const kind = activity.includes('License') && activity !== 'getLicenseAsync' ? 'licenses' : 'instances';
  const subject = String(json[kind === 'licenses' ? 'license' : 'instanceId']);
  const key = withLine.includes(activity) ? steps.lineKey(activity, json) : undefined;
  const applied = key === undefined ? undefined : memory.lines.get(key);
  if (applied !== undefined) return steps.repeat(applied, subject, json, memory[kind].get(subject));
  if (steps.lineGap > 0 && key !== undefined) {
    await pause(steps.lineGap);
    if (memory.lines.has(key)) return { code: '000005', message: 'the line exists' };
  }
  const life = steps.knows(kind, memory[kind].get(subject));
  if (life === undefined) return notFound;
  const decided = decide(activity, json, life, timestamp, steps);
  if ('code' in decided) return decided;
  memory[kind].set(subject, decided);
  if (key !== undefined) memory.lines.set(key, { subject, expireTime: json['expireTime'] });
  return success;
}

function decide(activity: string, json: Json, life: Life, timestamp: number, steps: Steps): Life | Outcome {
  switch (activity) {
    case 'refreshLicenseCode':
    case 'refreshInstance': {
      const refreshed = steps.refresh(life, String(json['scene']), steps.expiryOf(String(json['expireTime'])));
      return json['unfreezes'] === true && !('code' in refreshed) ? steps.v1Unfreezes(refreshed) : refreshed;
    }
    case 'updateLicenseCodeStatus':
    case 'updateInstanceStatus':
      return steps.changeStatus(life, String(json['status']), timestamp);
    case 'releaseLicenseCode':
    case 'releaseInstance':
      return steps.release(life);
    default:
      return life.status === 'RELEASED' ? notFound : life;
  }
}

async function create(activity: string, json: Json, steps: Steps, memory: Memory): Promise<Outcome> {
  const key = steps.lineKey(activity, json);
  const applied = memory.lines.get(key);
  if (applied !== undefined) return { ...success, more: { instanceId: applied.subject } };
  if (steps.lineGap > 0) await pause(steps.lineGap);
  const instanceId = steps.newInstanceId(json);
  memory.lines.set(key, { subject: instanceId, expireTime: undefined });
  memory.instances.set(instanceId, newLife);
  return { ...success, more: { instanceId } };
}

function query(json: Json, steps: Steps, memory: Memory): Outcome {
  const ids = String(json['instanceId']).split(',');
  const known = ids.filter((id) => {
    const life = steps.knows('instances', memory.instances.get(id));
    return life !== undefined && life.status !== 'RELEASED';
  });
  if (known.length === 0) return notFound;
  return {
    ...success,
    more: { info: known.map((instanceId) => ({ instanceId, appInfo: { frontEndUrl: 'https://example.com' } })) },
  };
}
