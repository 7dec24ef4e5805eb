import { randomBytes } from 'node:crypto';

/** Stands for the seller's own product, whose state would outlive the process. */

export const limits = { workspaces: 100 };

interface Workspace {
  readonly madeFor: string;
  readonly address: string;
  readonly password: string;
  readonly seatsTaken: number;
  open: boolean;
}

const made = new Map<string, Workspace>();

export const workspaces = {
  count: (): number => made.size,

  /** The same workspace at every call with the same key. */
  open(instanceId: string, key: string): Workspace {
    const before = made.get(instanceId);
    if (before?.madeFor === key) return before;
    const address = `https://workspaces.example.com/${instanceId}`;
    const password = randomBytes(12).toString('base64url');
    const workspace = { madeFor: key, address, password, seatsTaken: 1, open: true };
    made.set(instanceId, workspace);
    return workspace;
  },

  setOpen(instanceId: string, open: boolean): void {
    const workspace = made.get(instanceId);
    if (workspace !== undefined) workspace.open = open;
  },

  remove(instanceId: string): void {
    made.delete(instanceId);
  },

  seatsTaken: (instanceId: string): number => made.get(instanceId)?.seatsTaken ?? 0,

  /** What was used so far, at this moment. */
  usage(instanceId: string) {
    const statisticalTime = new Date().toISOString().replace(/\D/g, '');
    return { usageValue: made.get(instanceId)?.seatsTaken ?? 0, statisticalTime };
  },
};
