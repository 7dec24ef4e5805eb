import * as z from 'zod';
import { openApiResult } from './open-api-result.ts';

/** One row of the gateway's list. The same code comes with several texts and statuses, so the code is no key. */
export interface GatewayErrorRow {
  readonly code: `APIGW.${string}`;
  readonly status: number;
  /** Another status that the older list of the same gateway (`APIG.…`) gives the row. */
  readonly otherStatus?: number;
  /** What it says; it may change, so rely on the code. */
  readonly message: string;
}

/**
 * The errors of the API gateway in front of the open APIs (`devg-apisign/api-sign-errorcode`). That page was read up to
 * 0303; the rows behind it are those of the API gateway's own guide, whose codes begin with `APIG.`. A wrong AK/SK
 * signature is 0301.
 */
export const gatewayErrors = [
  { code: 'APIGW.0101', status: 404, message: 'The API does not exist or has not been published in the environment.' },
  { code: 'APIGW.0101', status: 404, message: 'The API does not exist.' },
  { code: 'APIGW.0103', status: 404, otherStatus: 500, message: 'The backend does not exist.' },
  { code: 'APIGW.0104', status: 400, otherStatus: 500, message: 'The plug-ins do not exist.' },
  { code: 'APIGW.0105', status: 400, otherStatus: 500, message: 'The backend configurations do not exist.' },
  { code: 'APIGW.0106', status: 400, message: 'Orchestration error.' },
  { code: 'APIGW.0201', status: 400, message: 'API request error.' },
  { code: 'APIGW.0201', status: 413, message: 'Request entity too large.' },
  { code: 'APIGW.0201', status: 414, message: 'Request URI too large.' },
  { code: 'APIGW.0201', status: 494, message: 'Request headers too large.' },
  { code: 'APIGW.0201', status: 502, message: 'Backend unavailable.' },
  { code: 'APIGW.0201', status: 504, message: 'Backend timeout.' },
  { code: 'APIGW.0201', status: 500, message: 'An unexpected error occurred' },
  { code: 'APIGW.0301', status: 401, message: 'Incorrect IAM authentication information.' },
  { code: 'APIGW.0302', status: 403, message: 'The IAM user is not authorized to access the API.' },
  { code: 'APIGW.0303', status: 401, message: 'Incorrect app authentication information.' },
  { code: 'APIGW.0304', status: 403, message: 'The app is not authorized to access the API.' },
  { code: 'APIGW.0305', status: 401, message: 'Incorrect authentication information.' },
  { code: 'APIGW.0306', status: 403, message: 'API access denied.' },
  { code: 'APIGW.0307', status: 401, message: 'The token must be updated.' },
  { code: 'APIGW.0308', status: 429, message: 'The throttling threshold has been reached.' },
  { code: 'APIGW.0310', status: 403, message: 'The project is unavailable.' },
  { code: 'APIGW.0401', status: 403, message: 'Unknown client IP address.' },
  { code: 'APIGW.0402', status: 403, message: 'The IP address is not authorized to access the API.' },
  { code: 'APIGW.0404', status: 403, message: 'Access to the backend IP address has been denied.' },
  { code: 'APIGW.0501', status: 405, message: 'The app quota has been used up.' },
  { code: 'APIGW.0502', status: 405, message: 'The app has been frozen.' },
  { code: 'APIGW.0601', status: 500, message: 'Internal server error.' },
  { code: 'APIGW.0602', status: 400, message: 'Bad request.' },
  { code: 'APIGW.0605', status: 500, message: 'Domain name resolution failed.' },
  { code: 'APIGW.0606', status: 500, message: 'The API configuration has not been loaded.' },
  { code: 'APIGW.0607', status: 400, message: 'The following protocol is supported: {xxx}' },
  { code: 'APIGW.0610', status: 502, message: 'No backend available.' },
  { code: 'APIGW.0613', status: 503, message: 'The IAM service is currently unavailable.' },
  { code: 'APIGW.0802', status: 403, message: 'The IAM user is forbidden in the currently selected region' },
] as const satisfies readonly GatewayErrorRow[];

export type GatewayErrorCode = (typeof gatewayErrors)[number]['code'];

/** What the API gateway answers before a request reaches the API (网关错误码), and an id to quote to support. */
export const GatewayError = z.object({ ...openApiResult, request_id: z.string().optional() });
