import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeUpload, type Upload, UploadBody } from '../../src/index.ts';

const bytes = new Uint8Array([0, 1, 2, 255]);
const file = { type: 'FILE', fileName: 'license.lic', bytes } as const;

/** Composes, writes the form as it travels, and reads it back. */
async function readBack(upload: Upload) {
  const composed = composeUpload(upload);
  if (!composed.ok) throw new Error(composed.problem);
  const written = new Response(composed.form);
  const contentType = written.headers.get('content-type') ?? '';
  const wire = Buffer.from(await written.arrayBuffer());
  const form = await new Response(wire, { headers: { 'content-type': contentType } }).formData();
  return { contentType, wire: wire.toString('latin1'), form };
}

const partOf = async (form: FormData, name: string) => {
  const part = form.get(name);
  return part instanceof File ? { type: part.type, name: part.name, bytes: await part.bytes() } : undefined;
};
const requestOf = async (form: FormData) =>
  JSON.parse(Buffer.from((await partOf(form, 'isvUpdateFileReq'))?.bytes ?? []).toString());

describe('a file', () => {
  test('travels in two parts, the request as JSON', async () => {
    const { contentType, wire, form } = await readBack(file);
    expect(contentType).toMatch(/^multipart\/form-data; boundary=/);
    expect([...form.keys()]).toEqual(['isvUpdateFileReq', 'file']);
    expect((await partOf(form, 'isvUpdateFileReq'))?.type).toBe('application/json');
    expect(wire).toContain('name="file"; filename="license.lic"');
    expect(await partOf(form, 'file')).toMatchObject({ name: 'license.lic', bytes });
  });
  test('with its SHA-256 in lower-case hex', async () => {
    const { form } = await readBack({ ...file, bytes: new TextEncoder().encode('abc') });
    expect(await requestOf(form)).toEqual({
      type: 'FILE',
      file_name: 'license.lic',
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
  });
  test.each(['授权 "1".lic', 'x'.repeat(1024)])('named %j', async (fileName) => {
    const { form } = await readBack({ ...file, fileName });
    expect((await requestOf(form)).file_name).toBe(fileName);
    expect((await partOf(form, 'file'))?.name).toBe(fileName);
  });
  test('of any bytes arrives whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (array) => {
        const content = new Uint8Array(array);
        const { form } = await readBack({ ...file, bytes: content });
        expect((await partOf(form, 'file'))?.bytes).toEqual(content);
        expect((await requestOf(form)).sha256).toBe(createHash('sha256').update(content).digest('hex'));
      }),
    );
  });
});

describe('a string', () => {
  test.each(['PL-1', '授权\r\n--x', 'x'.repeat(1024)])('%j travels without a file', async (characters) => {
    const { form } = await readBack({ type: 'CHARACTERS', characters });
    expect([...form.keys()]).toEqual(['isvUpdateFileReq']);
    expect(await requestOf(form)).toEqual({ type: 'CHARACTERS', characters });
  });
});

test('what is composed is a body of the contract', async () => {
  for (const upload of [file, { type: 'CHARACTERS', characters: 'PL-1' }] as const) {
    const { form } = await readBack(upload);
    const body = { isvUpdateFileReq: await requestOf(form), ...(upload.type === 'FILE' && { file: form.get('file') }) };
    expect(UploadBody.safeParse(body).success).toBe(true);
  }
});

test.each<[string, Upload]>([
  ['characters', { type: 'CHARACTERS', characters: '' }],
  ['characters', { type: 'CHARACTERS', characters: 'x'.repeat(1025) }],
  ['characters', { type: 'CHARACTERS', characters: '\ud800' }],
  ['file_name', { ...file, fileName: '' }],
  ['file_name', { ...file, fileName: 'x'.repeat(1025) }],
])('%s is refused: %#', (member, upload) =>
  expect(composeUpload(upload)).toEqual({ ok: false, member, problem: expect.stringMatching(/\w+ /) }),
);
