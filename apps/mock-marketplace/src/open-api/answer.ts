import { type OpenApiErrorCode, openApiErrors } from '@koobridge/contracts';

/** A documented error of the License open APIs with its documented HTTP status; a detail follows the documented text. */
export function openApiError<Code extends OpenApiErrorCode>(code: Code, detail?: string) {
  const { status, message } = openApiErrors[code];
  return {
    // The status that the table gives to this very code, so that a contract knows which of its answers this is.
    status: status as (typeof openApiErrors)[Code]['status'],
    body: { error_code: code, error_msg: detail === undefined ? message : `${message}: ${detail}` },
  };
}

export const openApiSuccess = { error_code: '92020000', error_msg: openApiErrors['92020000'].message };
