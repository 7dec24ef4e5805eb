import { setTimeout as pause } from 'node:timers/promises';
import { Blocked } from '../../flow/endings.ts';
import type { Flow } from '../../flow/flow.ts';
import { codeOf } from '../../flow/judge.ts';
import { v1LicensePurchase, v1Purchase } from '../../messages/v1.ts';
import { text } from '../../text.ts';

/** The id of an instance that the server has just made; the case is blocked where it makes none. */
export async function boughtInstance({ send, names }: Flow): Promise<string> {
  const { json } = await send(v1Purchase(names)).given();
  return String(json?.['instanceId']);
}

export interface BoughtLicense {
  readonly orderId: string;
  readonly instanceId: string;
  readonly license: string;
}

/** The store calls again while it is answered 000004; so does the suite, `attempts` times, `everyMs` apart. */
const attempts = 20;
const everyMs = 250;

/** A License that the server has just given; the case is blocked where it gives none. */
export async function boughtLicense({ send, names }: Flow, orderId = names.order().orderId): Promise<BoughtLicense> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await pause(everyMs);
    const answer = await send(v1LicensePurchase(names, { orderId })).given();
    if (codeOf({ kind: 'answered', answer, ms: 0 }) !== '000000') continue;
    const { instanceId, license } = answer.json ?? {};
    return { orderId, instanceId: String(instanceId), license: String(license) };
  }
  throw new Blocked(
    text(
      'getLicense is still answered 000004 after 5 s: in its test environment, let the server give a License by itself',
      'getLicense 在 5 秒后仍应答 000004：请让测试环境中的服务器自动给出 License',
    ),
  );
}
