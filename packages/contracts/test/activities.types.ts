import type * as z from 'zod';
import type {
  ActivityAnswer,
  ActivityName,
  ActivityRequest,
  KeyClass,
  KeyRings,
  ResultCode,
  TokenRefusal,
  Verification,
} from '../src/index.ts';
import { activities, type keyClassOf, productionContractAt, result, type tokenRefusals } from '../src/index.ts';
import type { Equal, Expect } from './equal.ts';

type Scene = 'RENEWAL' | 'UNSUBSCRIBE_RENEWAL_PERIOD' | 'TRIAL_TO_FORMAL' | 'RENEWAL_CHANGE';
type LicenseActivity = 'refreshLicenseCode' | 'updateLicenseCodeStatus' | 'releaseLicenseCode';

interface Refresh {
  activity: 'refreshLicenseCode';
  scene: Scene;
  orderId: string;
  orderLineId: string;
  license: string;
  productId: string | undefined;
  expireTime: string;
  testFlag: boolean;
}
interface Update {
  activity: 'updateLicenseCodeStatus';
  license: string;
  status: 'FREEZE' | 'UNFREEZE';
  testFlag: boolean;
}
interface Release {
  activity: 'releaseLicenseCode';
  license: string;
  orderId: string | undefined;
  orderLineId: string | undefined;
  testFlag: boolean;
}
interface Answer {
  resultCode: ResultCode;
  resultMsg: string;
}

export type Activities = [
  Expect<Equal<ActivityName, LicenseActivity>>,
  Expect<Equal<keyof typeof activities, LicenseActivity>>,
  Expect<Equal<Members<ActivityRequest<'refreshLicenseCode'>>, Members<Refresh>>>,
  Expect<Equal<Members<ActivityRequest<'updateLicenseCodeStatus'>>, Members<Update>>>,
  Expect<Equal<Members<ActivityRequest<'releaseLicenseCode'>>, Members<Release>>>,
  Expect<Equal<ActivityRequest['activity'], LicenseActivity>>,
  Expect<Equal<Members<ActivityAnswer>, Members<Answer>>>,
  Expect<Equal<ResultCode, '000000' | '000001' | '000002' | '000003' | '000004' | '000005'>>,
  Expect<Equal<ReturnType<typeof keyClassOf>, KeyClass | undefined>>,
  Expect<Equal<keyof KeyRings, KeyClass>>,
  Expect<Equal<Extract<Verification, { ok: false }>['refusal'], Exclude<TokenRefusal, 'nonce-replayed'>>>,
  Expect<Equal<(typeof tokenRefusals)[number], TokenRefusal>>,
];

/** An interface and an object type with the same members are written alike. */
type Members<T> = { [K in keyof T]: T[K] };

/** The activity narrows the request. */
export function subject(request: ActivityRequest): string {
  switch (request.activity) {
    case 'refreshLicenseCode':
      return `${request.license} until ${request.expireTime}`;
    case 'updateLicenseCodeStatus':
      return `${request.license} ${request.status}`;
    case 'releaseLicenseCode':
      // @ts-expect-error a release carries no status
      return `${request.license} ${request.status}`;
  }
}

/** The contract says what its one answer is. */
const { responses } = productionContractAt('/production').production;
export const answer: z.output<(typeof responses)[200]> = result('000000');

// @ts-expect-error no such code
result('000099');
// @ts-expect-error a table entry cannot be replaced
activities.refreshLicenseCode = activities.releaseLicenseCode;
