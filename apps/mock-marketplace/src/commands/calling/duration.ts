const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `6m`, `2h` in milliseconds; `undefined` for anything else. */
export function readDuration(text: string): number | undefined {
  const [, digits = '', unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  return unit === undefined ? undefined : Number(digits) * units[unit as keyof typeof units]; // the pattern lists these
}
