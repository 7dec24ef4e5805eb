import { orderLineOf } from '../ledger/order-lines.ts';
import type { NewEvent } from '../outbox/new-event.ts';
import type { InstanceCommand } from './command.ts';
import type { InstanceDecision } from './decide.ts';
import type { Instance } from './instance.ts';

/** What the seller's systems hear of a decision: nothing where nothing changed. */
export function instanceEvents(
  before: Instance | undefined,
  { instance }: InstanceDecision,
  command: InstanceCommand,
): readonly NewEvent[] {
  if (instance === undefined) return [];
  const { instanceId, status } = instance;
  switch (command.kind) {
    case 'create': {
      const { line, businessId, purchase } = command;
      const { orderId, orderLineId } = orderLineOf(line);
      const data = { instanceId, orderId, orderLineId, businessId, purchase };
      const created: NewEvent = { type: 'instance.created', subject: instanceId, data };
      return instance.provisioning === 'READY' ? [created, readyEvent(instanceId)] : [created];
    }
    case 'refresh': {
      const { scene, line, productId } = command;
      const { orderId, orderLineId } = orderLineOf(line);
      const expiresAt = new Date(instance.expiresAt ?? command.expiresAt).toISOString();
      const data = { instanceId, scene, orderId, orderLineId, productId, expiresAt };
      const refreshed: NewEvent = { type: 'instance.refreshed', subject: instanceId, data };
      return before?.status === 'FROZEN' && status === 'ACTIVE'
        ? [refreshed, statusEvent(instanceId, status)]
        : [refreshed];
    }
    case 'status':
      return status === 'RELEASED' || status === before?.status ? [] : [statusEvent(instanceId, status)];
    case 'release': {
      const { orderId, orderLineId } = command;
      return [{ type: 'instance.released', subject: instanceId, data: { instanceId, orderId, orderLineId } }];
    }
    case 'upgrade': {
      const { orderId, orderLineId } = orderLineOf(command.line);
      return [{ type: 'instance.upgraded', subject: instanceId, data: { instanceId, orderId, orderLineId } }];
    }
  }
}

export const readyEvent = (instanceId: string): NewEvent => ({
  type: 'instance.ready',
  subject: instanceId,
  data: { instanceId },
});

const statusEvent = (instanceId: string, status: 'ACTIVE' | 'FROZEN'): NewEvent => ({
  type: 'instance.status_changed',
  subject: instanceId,
  data: { instanceId, status },
});
