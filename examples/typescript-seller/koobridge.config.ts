import { defineConfig } from '@koobridge/server';
import { limits, workspaces } from './workspaces.ts';

/**
 * A seller of workspaces, with a License that is issued online. Keys and tokens stay in the environment. Try it:
 * `KOOBRIDGE_CONFIG=examples/typescript-seller/koobridge.config.ts npx -y pnpm@12 start`
 */
export default defineConfig({
  V1_ENABLED: false,
  ADOPT_LICENSES: true,
  handlers: {
    // Asked before the answer to the store is decided: look things up, change nothing.
    answering: {
      admitCreate() {
        if (workspaces.count() < limits.workspaces) return { accept: true };
        return { accept: false, resultCode: '000106', message: 'no workspace is free at the moment' };
      },
      checkChange({ instanceId, productInfo }) {
        const seats = Math.max(0, ...productInfo.map(({ linearValue }) => Number(linearValue ?? 0)));
        if (seats >= workspaces.seatsTaken(instanceId)) return { possible: true };
        return { possible: false, message: 'more seats are taken than the new order has' };
      },
      usage({ instanceIds }) {
        return Object.fromEntries(instanceIds.map((id) => [id, [workspaces.usage(id)]]));
      },
    },
    // Called after the answer, again and again until they succeed: do it once for each key.
    provisioning: {
      'instance.created'({ data }, { idempotencyKey, order }) {
        const { email } = order?.buyerInfo ?? {};
        const { address, password } = workspaces.open(data.instanceId, idempotencyKey);
        // Kept encrypted, and told to the store when it asks for the instance.
        return { appInfo: { frontEndUrl: address, userName: email ?? 'admin', password } };
      },
      'instance.status_changed'({ data }) {
        workspaces.setOpen(data.instanceId, data.status === 'ACTIVE');
      },
      'instance.released'({ data }) {
        workspaces.remove(data.instanceId);
      },
      'license.requested'({ data }) {
        return { license: `${data.instanceId} until ${data.expireTime ?? 'for ever'}` };
      },
    },
  },
});
