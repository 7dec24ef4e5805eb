/** `resultCode` of an answer that succeeded: the sample has the first, the table the second. */
export const orderQuerySuccess: readonly string[] = ['MKT.0000', 'CBC.0000'];

/**
 * The order query's error codes. The page writes them with `CBC.` and calls them `error_code`, while the answer has
 * `resultCode` and the sample `MKT.0000`. `extraInfo` tells whether a failure answer then holds `extra_info` and its
 * text details; the page says so of CBC.9005 too, which its table lacks. The limits behind CBC.0250 are not documented.
 */
export const orderQueryErrors = {
  'CBC.0000': { status: 200, message: 'Success.', extraInfo: false },
  'CBC.0999': { status: 500, message: 'System internal error.', extraInfo: false },
  'CBC.0100': { status: 500, message: 'Failure of input parameter', extraInfo: true },
  'CBC.0101': { status: 400, message: 'Invalid parameter', extraInfo: false },
  'CBC.0199': { status: 400, message: 'Request parameter error', extraInfo: false },
  'CBC.0150': { status: 401, message: 'Illegal operation', extraInfo: true },
  'CBC.0151': { status: 401, message: 'No authority', extraInfo: false },
  'CBC.0154': { status: 401, message: 'Illegal token', extraInfo: false },
  'CBC.0250': { status: 406, message: 'Access frequency overlimit', extraInfo: true },
  'CBC.9001': { status: 500, message: 'Instance ID not found.', extraInfo: true },
  'CBC.9002': { status: 500, message: 'Invalid usage enties.', extraInfo: true },
  'CBC.9003': { status: 500, message: 'Usage records extends size limit.', extraInfo: false },
  'CBC.9004': { status: 500, message: 'Record beginTime extends Limit.', extraInfo: true },
} as const;

export type OrderQueryErrorCode = keyof typeof orderQueryErrors;
