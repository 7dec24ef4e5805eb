import { composeUpload, uploadApi } from '@koobridge/contracts';
import type { OnlineLicense } from '../handlers/handlers.ts';
import type { StoreRequest } from './client.ts';

/** `error_code` of an upload that the store took. */
export const uploadSuccess = 'CBC.0000';

/** The request that hands over a License, or what keeps the store from taking it. */
export async function uploadRequest(
  eventId: string,
  license: OnlineLicense,
): Promise<{ readonly ok: true; readonly request: StoreRequest } | { readonly ok: false; readonly problem: string }> {
  const composed = composeUpload(
    'license' in license
      ? { type: 'CHARACTERS', characters: license.license }
      : { type: 'FILE', fileName: license.fileName, bytes: new Uint8Array(license.file) },
  );
  if (!composed.ok)
    return { ok: false, problem: `the License cannot be uploaded: ${composed.member} ${composed.problem}` };
  // Written once: each writing chooses a boundary of its own, and the bytes are signed.
  const written = new Response(composed.form);
  const target = uploadApi.upload.path.replace(':event_id', encodeURIComponent(eventId));
  const contentType = written.headers.get('Content-Type') ?? '';
  return {
    ok: true,
    request: { method: 'POST', target, contentType, body: new Uint8Array(await written.arrayBuffer()) },
  };
}
