import { composeBody, toCurl } from '@koobridge/contracts';
import { MissingKey } from '../callbacks/sign-call.ts';
import type { MarketplaceParts } from '../marketplace.ts';
import type { CaseDraft } from './case.ts';

/** The signed request as a command line (生成请求命令), which holds a signature and never a key; or why it cannot be signed. */
export function preview(
  { sign, draw }: MarketplaceParts,
  { id, interface: name, members }: CaseDraft,
): { readonly ok: true; readonly curl: string | null } | { readonly ok: false; readonly error: string } {
  const drawn = members['businessId'] === '' ? { businessId: draw.text(32, `preview ${id}`) } : {};
  try {
    const { call } = sign(name, composeBody({ ...members, ...drawn }));
    return { ok: true, curl: toCurl({ method: 'POST', ...call }) ?? null };
  } catch (error) {
    if (!(error instanceof MissingKey)) throw error;
    return { ok: false, error: `The request cannot be signed: ${error.message}. Add one and start again.` };
  }
}
