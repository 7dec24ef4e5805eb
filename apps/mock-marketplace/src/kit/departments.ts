import type { Department } from './enterprise.ts';
import type { Kit } from './queries.ts';
import type { DepartmentChange } from './routes.ts';

export type DepartmentRefusal =
  | 'unknown-department'
  | 'department-exists'
  | 'department-in-use'
  | 'department-name-taken'
  | 'unknown-parent'
  | 'parent-below'
  | 'too-many-departments';

/** A full sync carries all of them in one call, whose body a seller's server takes up to 16 MiB. */
const departmentsAtMost = 1000;

/** The department as it will be, or was before it is deleted; or why the enterprise cannot have it so. */
export function departmentAfter(
  kit: Kit,
  tenantId: string,
  change: DepartmentChange,
):
  | { readonly ok: true; readonly department: Department }
  | { readonly ok: false; readonly refusal: DepartmentRefusal } {
  const { orgCode } = change;
  const all = kit.departments(tenantId);
  const known = all.find((department) => department.orgCode === orgCode);
  if (change.change === 'delete') {
    if (known === undefined) return no('unknown-department');
    const occupied = kit.isOccupied(tenantId, orgCode) || all.some(({ parentCode }) => parentCode === orgCode);
    return occupied ? no('department-in-use') : { ok: true, department: known };
  }
  if (change.change === 'add' && known !== undefined) return no('department-exists');
  if (change.change === 'modify' && known === undefined) return no('unknown-department');
  if (change.change === 'add' && all.length >= departmentsAtMost) return no('too-many-departments');
  const orgName = change.orgName ?? known?.orgName ?? '';
  const parentCode = change.parentCode ?? known?.parentCode ?? '';
  const department: Department = { orgCode, orgName, parentCode };
  const byCode = new Map(all.map((one) => [one.orgCode, one]));
  if (parentCode !== '' && !byCode.has(parentCode) && parentCode !== orgCode) return no('unknown-parent');
  for (let above = parentCode; above !== ''; above = byCode.get(above)?.parentCode ?? '') {
    if (above === orgCode) return no('parent-below');
  }
  const taken = all.some((one) => one.orgCode !== orgCode && one.parentCode === parentCode && one.orgName === orgName);
  return taken ? no('department-name-taken') : { ok: true, department };
}

const no = (refusal: DepartmentRefusal) => ({ ok: false, refusal }) as const;
