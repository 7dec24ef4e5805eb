/** The result codes a seller answers to the store (page 调用结果码, `accessg-marketplace/zh-cn_topic_0070649189`). */
export const resultCode = {
  success: '000000',
  authenticationFailed: '000001',
  invalidParameter: '000002',
  notFound: '000003',
  processing: '000004',
  internalError: '000005',
} as const;

export type ResultCode = (typeof resultCode)[keyof typeof resultCode];

/** What each code says, in the store's own meaning; also the default `resultMsg`. */
export const resultMessage: Readonly<Record<ResultCode, string>> = {
  '000000': 'success.',
  '000001': 'authentication failed.',
  '000002': 'invalid parameter.',
  '000003': 'the license or instance does not exist.',
  '000004': 'the request is being processed.',
  '000005': 'internal error.',
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
