import { sha256Hex, UploadBody, type UploadErrorCode } from '@koobridge/contracts';
import type { UploadedLicense } from './application.ts';

export type UploadReading =
  | { readonly ok: true; readonly license: UploadedLicense }
  | { readonly ok: false; readonly code: Extract<UploadErrorCode, 'CBC.0101' | '91381037'>; readonly detail: string };

const refused = (detail: string) => ({ ok: false, code: 'CBC.0101', detail }) as const;

/** Reads the multipart form of an upload (字符串/文件流上传) and holds a file against the SHA-256 that came with it. Never throws. */
export async function readUpload(bytes: Buffer, contentType: string): Promise<UploadReading> {
  const form = await formOf(bytes, contentType);
  if (form === undefined) return refused('the body is no multipart/form-data of its boundary');
  const [part, ...further] = form.getAll('isvUpdateFileReq');
  const files = form.getAll('file');
  if (part === undefined) return refused('the part isvUpdateFileReq is missing');
  if (further.length > 0 || files.length > 1) return refused('a part comes twice');
  const isvUpdateFileReq = readJson(typeof part === 'string' ? part : await part.text());
  const read = UploadBody.safeParse({ isvUpdateFileReq, file: files[0] });
  if (!read.success) {
    const [issue] = read.error.issues;
    return refused(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  const { type, file_name, sha256, characters } = read.data.isvUpdateFileReq;
  if (type === 'CHARACTERS') return licenseOf('CHARACTERS', null, Buffer.from(characters ?? ''));
  const { file } = read.data;
  const fileName = file_name || file?.name || '';
  if (file === undefined || fileName.length > 1024) return refused('file_name is longer than 1024');
  const content = await file.bytes();
  if (content.length === 0) return { ok: false, code: '91381037', detail: 'the file is empty' };
  if (sha256Hex(content) !== sha256?.toLowerCase()) return refused('sha256 is not that of the file');
  return licenseOf('FILE', fileName, content);
}

const licenseOf = (kind: UploadedLicense['kind'], fileName: string | null, bytes: Uint8Array): UploadReading => ({
  ok: true,
  license: { kind, fileName, bytes, sha256: sha256Hex(bytes) },
});

async function formOf(bytes: Buffer, contentType: string): Promise<FormData | undefined> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': contentType } }).formData();
  } catch {
    return undefined;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
