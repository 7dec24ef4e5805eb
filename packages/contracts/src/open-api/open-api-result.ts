import * as z from 'zod';
import { textUpTo } from '../text.ts';

/** `error_code` and `error_msg`, in every answer of the License APIs, the upload and the gateway. A text and no enumeration, because the store adds codes. */
export const openApiResult = { error_code: textUpTo(16), error_msg: textUpTo(1024) };

export const OpenApiResult = z.object(openApiResult);
