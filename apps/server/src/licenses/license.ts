/** A License code as the seller's side knows it. Instants are milliseconds since the epoch. */
export interface License {
  readonly code: string;
  readonly status: LicenseStatus;
  /** Null until a callback has told it. */
  readonly expiresAt: number | null;
  /** Token timestamp of the last order that set the status, null before the first (R17). */
  readonly statusAt: number | null;
  /** Whether a renewal was applied (R16). */
  readonly renewed: boolean;
  /** Whether the cancellation of a renewal was applied (R16). */
  readonly cancelled: boolean;
}

export const licenseStatuses = ['ACTIVE', 'FROZEN', 'RELEASED'] as const;
export type LicenseStatus = (typeof licenseStatuses)[number];

/** An order line that was applied to a license, for good (R15). */
export interface AppliedLine {
  readonly license: string;
  readonly expiresAt: number;
}
