import { sha256Hex } from '../aksk/canonical-request.ts';
import { IsvUpdateFileRequest } from './upload.ts';

/** A license as the store takes it: a string of 1 to 1024 UTF-16 code units, or a file. */
export type Upload =
  | { readonly type: 'CHARACTERS'; readonly characters: string }
  | { readonly type: 'FILE'; readonly fileName: string; readonly bytes: Uint8Array<ArrayBuffer> };

export type ComposedUpload =
  | { readonly ok: true; readonly form: FormData }
  /** The member that the store would refuse, and why. */
  | { readonly ok: false; readonly member: string; readonly problem: string };

/**
 * The multipart form of an upload: `isvUpdateFileReq` as JSON, and for a file its bytes with their SHA-256. How a string
 * travels is not documented; it is sent as a form without `file`. The boundary is chosen when the form is written, so
 * write it once (`new Response(form)`), sign those bytes and send those.
 */
export function composeUpload(upload: Upload): ComposedUpload {
  const request: IsvUpdateFileRequest =
    upload.type === 'FILE'
      ? { type: upload.type, file_name: upload.fileName, sha256: sha256Hex(upload.bytes) }
      : { type: upload.type, characters: upload.characters };
  if (request.file_name === '') return { ok: false, member: 'file_name', problem: 'is required for a file' };
  const checked = IsvUpdateFileRequest.safeParse(request);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return { ok: false, member: issue?.path.join('.') ?? '', problem: issue?.message ?? '' };
  }
  const form = new FormData();
  form.append('isvUpdateFileReq', new Blob([JSON.stringify(request)], { type: 'application/json' }));
  if (upload.type === 'FILE') form.append('file', new Blob([upload.bytes]), upload.fileName);
  return { ok: true, form };
}
