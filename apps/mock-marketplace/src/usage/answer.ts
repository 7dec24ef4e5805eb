import { type UsagePushErrorCode, usagePushErrors } from '@koobridge/contracts';

/** A documented error of the usage push with its documented HTTP status; a detail follows the documented text. */
export function usagePushError<Code extends UsagePushErrorCode>(code: Code, detail: string) {
  const { status, message } = usagePushErrors[code];
  return {
    status: status as (typeof usagePushErrors)[Code]['status'], // the status of this very code
    body: { error_code: code, error_msg: `${message.replace(/\.$/, '')}: ${detail}`.slice(0, 255) },
  };
}
