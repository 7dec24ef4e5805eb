import type { ResultCode } from '@koobridge/contracts';
import type { InstanceCommand } from '../../src/instances/command.ts';
import { decide, type InstanceDecision, type InstanceRules } from '../../src/instances/decide.ts';
import type { Instance } from '../../src/instances/instance.ts';
import type { AppliedLine, LineKey } from '../../src/ledger/order-lines.ts';
import { newLife, type Scene } from '../../src/life/life.ts';

/** The room of the instances without a database: what `decide` decides is kept in two maps. */
export class Room {
  readonly instances = new Map<string, Instance>();
  readonly lines = new Map<string, AppliedLine>();
  readonly #rules: InstanceRules;

  constructor(rules: Partial<InstanceRules> = {}) {
    this.#rules = { asynchronousCreate: false, provisioned: false, ...rules };
  }

  /** A room in which there is an instance already. */
  static withInstance(): Room {
    const room = new Room();
    room.instances.set(instanceId, { ...newLife, instanceId, provisioning: 'READY', processing: false });
    return room;
  }

  take(command: InstanceCommand): InstanceDecision {
    const key = 'line' in command ? JSON.stringify(command.line) : '';
    const known = this.instances.get(command.instanceId);
    const decision = decide(known, this.lines.get(key), command, this.#rules);
    if (decision.instance !== undefined) this.instances.set(command.instanceId, decision.instance);
    if (decision.line !== undefined) this.lines.set(key, decision.line);
    return decision;
  }

  /** Takes every command in turn and returns the result codes. */
  play(commands: readonly InstanceCommand[]): readonly ResultCode[] {
    return commands.map((command) => this.take(command).answer.resultCode);
  }

  /** Everything the room knows, for comparing. */
  state(): unknown {
    return structuredClone({ instances: this.instances, lines: this.lines });
  }

  get instance(): Instance | undefined {
    return this.instances.get(instanceId);
  }
}

/** The instance that commands are about unless they say otherwise. */
export const instanceId = 'ins-1';

const lineOf = (activity: string, scene: string, order: string): LineKey => ({
  activity,
  scene,
  orderId: order,
  orderLineId: `${order}-000001`,
});

type Of<Kind extends InstanceCommand['kind']> = Extract<InstanceCommand, { kind: Kind }>;

export const create = (order: string, more: Partial<Of<'create'>> = {}): Of<'create'> => ({
  kind: 'create',
  instanceId,
  line: lineOf('newInstance', '', order),
  businessId: 'biz-1',
  answersLicense: false,
  purchase: null,
  verdict: { accept: true },
  ...more,
});

export const refresh = (
  scene: Scene,
  order: string,
  expiresAt: number,
  more: Partial<Of<'refresh'>> = {},
): Of<'refresh'> => ({
  kind: 'refresh',
  instanceId,
  line: lineOf('refreshInstance', scene, order),
  productId: null,
  scene,
  expiresAt,
  tokenTimestamp: 0,
  unfreezes: false,
  ...more,
});

export const status = (change: 'FREEZE' | 'UNFREEZE', tokenTimestamp: number): Of<'status'> => ({
  kind: 'status',
  instanceId,
  status: change,
  tokenTimestamp,
});

export const release = (order: string | null = null): Of<'release'> => ({
  kind: 'release',
  instanceId,
  orderId: order,
  orderLineId: order,
});

export const upgrade = (order: string, more: Partial<Of<'upgrade'>> = {}): Of<'upgrade'> => ({
  kind: 'upgrade',
  instanceId,
  line: lineOf('upgradeInstance', '', order),
  ...more,
});
