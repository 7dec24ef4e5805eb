/** The result codes a seller answers to the store (page 调用结果码, `accessg-marketplace/zh-cn_topic_0070649189`; for the creation of an instance `…0070649421`, for an online License `…0070649288`). */
export const resultCode = {
  success: '000000',
  authenticationFailed: '000001',
  invalidParameter: '000002',
  notFound: '000003',
  processing: '000004',
  internalError: '000005',
  noInstanceLeft: '000100',
  mobilePhoneRefused: '000101',
  emailRefused: '000102',
  alreadyPurchased: '000103',
  productFailed: '000104',
  alreadySubscribed: '000105',
  soldOut: '000106',
  emailDomainTaken: '000107',
  licenseQuotaExceeded: '000900',
  outsideOrderPeriod: '000901',
  expiryRequired: '000902',
  fingerprintRequired: '000903',
} as const;

export type ResultCode = (typeof resultCode)[keyof typeof resultCode];

/** Why a seller does not create an instance. */
export const createRefusalCodes = [
  '000100',
  '000101',
  '000102',
  '000103',
  '000104',
  '000105',
  '000106',
  '000107',
] as const satisfies readonly ResultCode[];
export type CreateRefusalCode = (typeof createRefusalCodes)[number];

/** Why a seller does not issue an online License. */
export const licenseRefusalCodes = ['000900', '000901', '000902', '000903'] as const satisfies readonly ResultCode[];
export type LicenseRefusalCode = (typeof licenseRefusalCodes)[number];

/** What each code says, in the store's own meaning; also the default `resultMsg`. */
export const resultMessage: Readonly<Record<ResultCode, string>> = {
  '000000': 'success.',
  '000001': 'authentication failed.',
  '000002': 'invalid parameter.',
  '000003': 'the license or instance does not exist.',
  '000004': 'the request is being processed.',
  '000005': 'internal error.',
  '000100': 'no instance resource can be allocated.',
  '000101': 'the mobile number is missing or already exists.',
  '000102': 'the e-mail address is missing or already exists.',
  '000103': 'the product was purchased before and cannot be bought again.',
  '000104': 'internal service error of the product.',
  '000105': 'the account has already subscribed to the benefit.',
  '000106': 'the resources of the product are sold out.',
  '000107': 'the e-mail domain already exists.',
  '000900': 'the License quota of the current order is not sufficient.',
  '000901': 'the application lies outside the validity period of the current order.',
  '000902': 'a License billed by period needs an expiry date.',
  '000903': 'a device fingerprint or hardware code is required.',
};

/** `resultMsg` is at most this many UTF-16 code units long, on every page. */
export const resultMessageLimit = 255;

export interface Result {
  readonly resultCode: ResultCode;
  readonly resultMsg: string;
}

/**
 * The answer every production interface shares. The tables call `resultMsg` optional, the debugging page fails
 * an answer without it, so it is always there (R8).
 */
export function result(code: ResultCode, message: string = resultMessage[code]): Result {
  return { resultCode: code, resultMsg: clip(message) };
}

// A message may quote a member; half a surrogate pair, there or where it was cut, is no text that UTF-8 can carry.
const clip = (text: string): string =>
  (text.length <= resultMessageLimit ? text : `${text.slice(0, resultMessageLimit - 1)}…`).toWellFormed();
