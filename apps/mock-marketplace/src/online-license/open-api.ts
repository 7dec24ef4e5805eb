import { type UploadErrorCode, uploadApi, uploadErrors } from '@koobridge/contracts';
import type { Answer, Handlers, Refusal } from '@koobridge/ts-rest-koa';
import { ContractNoBody } from '@ts-rest/core';
import type { MarketplaceParts } from '../marketplace.ts';
import { gatewayError } from '../open-api/gateway.ts';
import { readUpload } from './form.ts';

const { path, pathParams, responses } = uploadApi.upload;

/** The upload without its body, which is multipart: its handler reads the bytes. */
export const uploadRoutes = {
  upload: { method: 'POST', path, pathParams, body: ContractNoBody, responses },
} as const;

/**
 * The seller hands over a License (字符串/文件流上传, `accessg-marketplace/zh-cn_topic_0070649351`). The first one under an
 * event is the License; what comes again is accepted and counted. It takes no turn: a seller's server may upload while it
 * is still being asked.
 */
export function uploadHandlers({ records }: MarketplaceParts): Handlers<typeof uploadRoutes> {
  const { applications, subscriptions, clock } = records;
  return {
    upload: async ({ params, raw, ctx }) => {
      const reading = await readUpload(raw.bytes, ctx.get('Content-Type'));
      if (!reading.ok) return uploadError(reading.code, reading.detail);
      const { license } = reading;
      return records.transaction(() => {
        const application = applications.find(params.event_id);
        if (application === undefined) return uploadError('91381034', 'no application has this event id');
        if (subscriptions.find(application.subscription)?.phase === 'RELEASED') {
          return uploadError('91381033', 'the instance is released');
        }
        const { eventId, sha256 } = application;
        if (sha256 === null) applications.take(eventId, license, clock.now());
        else applications.repeat(eventId, sha256 !== license.sha256);
        return taken;
      });
    },
  };
}

const taken = {
  status: 200 as const,
  body: { error_code: 'CBC.0000', error_msg: uploadErrors['CBC.0000'].message },
};

/** A documented error of the upload with its documented HTTP status; a detail follows the documented text. */
export function uploadError<Code extends UploadErrorCode>(code: Code, detail: string) {
  const { status, message } = uploadErrors[code];
  return {
    status: status as (typeof uploadErrors)[Code]['status'], // the status of this very code
    body: { error_code: code, error_msg: `${message.replace(/\.$/, '')}: ${detail}`.slice(0, 1024) },
  };
}

/** How an upload that reached no handler is answered. */
export function refusedUpload(refusal: Refusal<undefined, Answer>, report: (error: unknown) => void): Answer {
  switch (refusal.kind) {
    case 'body-too-large':
      return gatewayError('Request entity too large.', `more than ${refusal.limit} bytes`);
    case 'body-too-slow':
      return uploadError('CBC.0101', 'the body did not arrive in time');
    case 'body-compressed':
      return uploadError('CBC.0101', 'the body is compressed');
    case 'body-unreadable':
      return uploadError('CBC.0101', refusal.reason);
    case 'not-admitted':
      return refusal.reason;
    case 'schema':
      return uploadError('CBC.0101', `${refusal.part}: ${refusal.issues[0]?.message ?? ''}`);
    case 'failed':
      report(refusal.error);
      return uploadError('CBC.0999', 'the terminal of the marketplace says how');
  }
}
