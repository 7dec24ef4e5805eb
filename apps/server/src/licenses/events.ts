import type { NewEvent } from '../outbox/new-event.ts';
import type { LicenseCommand } from './command.ts';
import type { License } from './license.ts';

/** What the seller's systems hear of a decision: nothing where nothing changed. */
export function licenseEvents(
  before: License | undefined,
  after: License | undefined,
  command: LicenseCommand,
): readonly NewEvent[] {
  if (after === undefined) return [];
  const { code, status, expiresAt } = after;
  switch (command.activity) {
    case 'refreshLicenseCode': {
      const { scene, orderId, orderLineId, productId = null } = command;
      const data = { code, scene, orderId, orderLineId, productId, expiresAt: new Date(expiresAt ?? 0).toISOString() };
      const refreshed: NewEvent = { type: 'license.refreshed', subject: code, data };
      return before?.status === 'FROZEN' && status === 'ACTIVE' ? [refreshed, statusEvent(code, status)] : [refreshed];
    }
    case 'updateLicenseCodeStatus':
      return status === 'RELEASED' || status === (before?.status ?? 'ACTIVE') ? [] : [statusEvent(code, status)];
    case 'releaseLicenseCode': {
      const { orderId = null, orderLineId = null } = command;
      return [{ type: 'license.released', subject: code, data: { code, orderId, orderLineId } }];
    }
  }
}

const statusEvent = (code: string, status: 'ACTIVE' | 'FROZEN'): NewEvent => ({
  type: 'license.status_changed',
  subject: code,
  data: { code, status },
});
