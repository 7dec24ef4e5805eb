import { initContract } from '@ts-rest/core';
import * as z from 'zod';
import { text, textUpTo } from '../text.ts';
import { GatewayError } from './gateway-error.ts';
import { openApiBasePath } from './license.ts';
import { OpenApiResult } from './open-api-result.ts';

const c = initContract();

/**
 * The part `isvUpdateFileReq`. `CHARACTERS` needs `characters`, `FILE` needs `sha256`. The table wants `file_name` for a
 * file too, but the page's own sample leaves it out (the part `file` carries a name), so it is not insisted on; the
 * sample also sends `characters` with a file.
 */
export const IsvUpdateFileRequest = z
  .object({
    type: z.enum(['CHARACTERS', 'FILE']),
    file_name: textUpTo(1024).nullish(),
    /** Of the file's bytes; 64 lower-case hex digits in the sample. */
    sha256: textUpTo(1024).nullish(),
    characters: textUpTo(1024).nullish(),
  })
  .refine(({ type, sha256 }) => type !== 'FILE' || Boolean(sha256), {
    path: ['sha256'],
    error: 'is required for a file',
  })
  .refine(({ type, characters }) => type !== 'CHARACTERS' || Boolean(characters), {
    path: ['characters'],
    error: 'is required for a string',
  });

export type IsvUpdateFileRequest = z.output<typeof IsvUpdateFileRequest>;

/** The multipart body; `file` is required for `FILE`. A client sends what `composeUpload` gives. */
export const UploadBody = z
  .object({ isvUpdateFileReq: IsvUpdateFileRequest, file: z.file().optional() })
  .refine(({ isvUpdateFileReq, file }) => isvUpdateFileReq.type !== 'FILE' || file !== undefined, {
    path: ['file'],
    error: 'is required for a file',
  });

/** The upload's error codes (`accessg-marketplace/zh-cn_topic_0070649352`). Business errors come with HTTP 200. */
export const uploadErrors = {
  'CBC.0000': { status: 200, message: 'Success' },
  'CBC.0150': { status: 403, message: 'Illegal operation' },
  'CBC.0101': { status: 400, message: 'Invalid parameter' },
  'CBC.0999': { status: 500, message: 'internal error' },
  '91381033': { status: 200, message: 'License resource invalid' },
  '91381034': { status: 200, message: 'license apply invalid' },
  '91381035': { status: 200, message: 'license period has no remain amount' },
  '91381036': { status: 200, message: 'inner error' },
  '91381037': { status: 200, message: 'Invalid license format.' },
  '91381038': { status: 200, message: 'License apply has been denied.' },
  '91380150': { status: 200, message: 'Role permission denied' },
} as const;

export type UploadErrorCode = keyof typeof uploadErrors;

/**
 * Hands over a license that `getLicenseAsync` asked for (字符串/文件流上传, `accessg-marketplace/zh-cn_topic_0070649351`),
 * signed with AK/SK. `event_id` is the event of that request. Size limits, formats and repeats are not documented.
 */
export const uploadApi = c.router({
  upload: {
    method: 'POST',
    path: `${openApiBasePath}/v1/market-event/:event_id/file`,
    summary: 'Uploads a license as a string or a file',
    contentType: 'multipart/form-data',
    pathParams: z.object({ event_id: text(64) }),
    body: UploadBody,
    responses: {
      200: OpenApiResult,
      400: GatewayError,
      401: GatewayError,
      403: GatewayError,
      404: GatewayError,
      413: GatewayError,
      429: GatewayError,
      500: GatewayError,
    },
  },
});
