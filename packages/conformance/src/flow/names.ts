import { createHash } from 'node:crypto';

/** Names that no other case and no other run uses, drawn from the seed: the same seed gives the same names. */
export interface Names {
  order(): { readonly orderId: string; readonly orderLineId: string };
  /** A code that the server takes: one it adopts on first sight, or one of those it was told of. */
  license(): string;
  /** A code that nobody ever saw. */
  unknownLicense(): string;
  /** Any other id: of an instance that does not exist, a tenant, a business, an event. */
  id(kind: string): string;
}

export function namesFrom(seed: string, caseId: string): Names {
  let drawn = 0;
  const draw = (length: number): string => {
    drawn += 1;
    return createHash('sha256').update(`${seed}\n${caseId}\n${drawn}`).digest('hex').slice(0, length).toUpperCase();
  };
  return {
    order() {
      const orderId = `CS${draw(16)}`;
      return { orderId, orderLineId: `${orderId}-000001` };
    },
    license: () => `PL${draw(16)}`,
    unknownLicense: () => `PL${draw(16)}`,
    id: (kind) => `${kind}-${draw(20).toLowerCase()}`,
  };
}
