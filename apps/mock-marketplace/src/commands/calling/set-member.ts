/** `--set`: members of a body by their path. */

export type Setting =
  | { readonly ok: true; readonly path: readonly string[]; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

/** `a.0.b=text`, or `a.0.b:=json` for a number, a list, an object or null, which leaves a member of the top out. */
export function readSetting(text: string): Setting {
  const match = /^([^=:]+)(:?=)(.*)$/s.exec(text);
  const [, path = '', sign, value = ''] = match ?? [];
  if (match === null) return { ok: false, problem: `"${text}" is no member=value, and no member:=json` };
  if (sign === '=') return { ok: true, path: path.split('.'), value };
  try {
    return { ok: true, path: path.split('.'), value: JSON.parse(value) };
  } catch {
    return { ok: false, problem: `what stands behind "${path}:=" is no JSON` };
  }
}

/** The same value with one member set; what the path needs and is not there is made. */
export function setMember(into: unknown, path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(into) && /^\d{1,4}$/.test(step)) {
    const index = Math.min(Number(step), into.length);
    return into.toSpliced(index, 1, setMember(into[index], rest, value));
  }
  const members: Readonly<Record<string, unknown>> =
    typeof into === 'object' && into !== null && !Array.isArray(into) ? { ...into } : {};
  const before = Object.hasOwn(members, step) ? members[step] : undefined;
  return { ...members, [step]: setMember(before, rest, value) };
}
