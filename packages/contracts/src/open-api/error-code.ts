import { GatewayError } from './gateway-error.ts';
import { OpenApiResult } from './open-api-result.ts';

/** The License open APIs' error codes (错误码, `accessg-marketplace/zh-cn_topic_0070649195`). Business errors come with HTTP 200. */
export const openApiErrors = {
  '92020000': { status: 200, message: 'success' },
  '92020001': { status: 200, message: 'internal error' },
  '92020002': { status: 200, message: 'invalid param' },
  '92020003': { status: 200, message: 'illegal state' },
  '92020004': { status: 200, message: 'can not active before user received.' },
  '92020005': { status: 200, message: 'license code notexist' },
  '92020011': { status: 200, message: 'license code has been not activated.' },
  '92020020': { status: 200, message: 'Invalid license code exists.' },
  '95000001': { status: 400, message: 'req param is invalid' },
  '95000002': { status: 405, message: 'Request method not supported' },
  '95000003': { status: 415, message: 'Content type not supported' },
  '95000004': { status: 400, message: 'req message is not readable' },
} as const;

export type OpenApiErrorCode = keyof typeof openApiErrors;

/** The answers an open API may give besides its own. Gateway and API share 400 and 405; only the gateway adds `request_id`. */
export const openApiErrorResponses = {
  400: GatewayError,
  401: GatewayError,
  403: GatewayError,
  404: GatewayError,
  405: GatewayError,
  413: GatewayError,
  414: GatewayError,
  415: OpenApiResult,
  429: GatewayError,
  494: GatewayError,
  500: GatewayError,
  502: GatewayError,
  503: GatewayError,
  504: GatewayError,
} as const;
