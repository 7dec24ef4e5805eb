import { createHash } from 'node:crypto';
import { uploadApi } from '@koobridge/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessKey, ok, startMarket } from '../running-market.ts';
import { application, applied, characters, file, upload, uploadBytes, uploadForm } from './uploading.ts';

/** The seller uploads a License (字符串/文件流上传) under the event of its application. */

const taken = { status: 200, body: { error_code: 'CBC.0000', error_msg: 'Success' } };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('a file arrives, with its name, size and SHA-256; the list does not show what is in it', async () => {
  const { market, id, eventId } = await applied();
  expect(ok(await market.control.instanceLicenses({ params: { id } }))).toMatchObject([{ license: null, uploads: 0 }]);
  expect(await upload(market, eventId, file('the license', '授权.lic'))).toMatchObject(taken);
  const [listed] = ok(await market.control.instanceLicenses({ params: { id } }));
  expect(listed).toEqual({
    eventId,
    fingerprint: null,
    effectiveTime: expect.any(String),
    expireTime: expect.any(String),
    appliedAt: expect.any(String),
    message: expect.any(Number),
    license: {
      kind: 'FILE',
      fileName: '授权.lic',
      size: 11,
      sha256: sha256('the license'),
      uploadedAt: ok(await market.control.clock()).now,
    },
    uploads: 1,
    note: null,
  });
  expect(await application(market, id, eventId)).toEqual({
    ...listed,
    characters: null,
    fileBase64: btoa('the license'),
  });
});

test('a string arrives', async () => {
  const { market, id, eventId } = await applied();
  expect(await upload(market, eventId, characters('AAAA-BBBB-授权'))).toMatchObject(taken);
  expect(await application(market, id, eventId)).toMatchObject({
    license: { kind: 'CHARACTERS', fileName: null, sha256: sha256('AAAA-BBBB-授权') },
    characters: 'AAAA-BBBB-授权',
    fileBase64: null,
  });
});

test('any bytes arrive whole', async () => {
  const { market, id } = await applied();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (array) => {
      const bytes = new Uint8Array(array);
      const { eventId } = ok(await market.control.applyLicense({ params: { id }, body: {} }));
      await upload(market, eventId, { type: 'FILE', fileName: 'l', bytes });
      const { fileBase64 } = await application(market, id, eventId);
      expect(fileBase64).toBe(Buffer.from(bytes).toString('base64'));
    }),
    { numRuns: 20 },
  );
});

test('the form as the page prints it: parts without a file name of their own, characters beside a file', async () => {
  const { market, id, eventId } = await applied();
  const request = JSON.stringify({ type: 'FILE', sha256: sha256('abc').toUpperCase(), characters: '111' });
  const form = [
    '--boundary',
    'Content-Disposition: form-data; name="file"; filename="license.txt"',
    'Content-Type: multipart/form-data',
    '',
    'abc',
    '--boundary',
    'Content-Disposition: form-data; name="isvUpdateFileReq"',
    'Content-Type: application/json',
    '',
    request,
    '--boundary--',
    '',
  ].join('\r\n');
  const bytes = new TextEncoder().encode(form);
  expect(await uploadBytes(market, eventId, bytes, 'multipart/form-data; boundary=boundary')).toMatchObject(taken);
  expect((await application(market, id, eventId)).license).toMatchObject({ fileName: 'license.txt', size: 3 });
});

test('the same License again changes nothing; another one is noted, and the first stays', async () => {
  const { market, id, eventId } = await applied();
  await upload(market, eventId, file('first'));
  expect(await upload(market, eventId, file('first'))).toMatchObject(taken);
  expect(await application(market, id, eventId)).toMatchObject({ uploads: 2, note: null });
  expect(await upload(market, eventId, file('another'))).toMatchObject(taken);
  expect(await application(market, id, eventId)).toMatchObject({
    uploads: 3,
    note: expect.stringContaining('the same application must get the same one'),
    fileBase64: btoa('first'),
  });
});

test('91381034 for an event that nobody applied under, 91381033 once the instance is released', async () => {
  const { market, id, eventId } = await applied();
  expect(await upload(market, 'NOBODY', file('x'))).toMatchObject({ status: 200, body: { error_code: '91381034' } });
  ok(await market.control.unsubscribeInstance({ params: { id }, body: {} }));
  expect(await upload(market, eventId, file('x'))).toMatchObject({ status: 200, body: { error_code: '91381033' } });
  expect((await application(market, id, eventId)).license).toBeNull();
});

test('91381037 for an empty file', async () => {
  const { market, eventId } = await applied();
  expect(await upload(market, eventId, file(''))).toMatchObject({ status: 200, body: { error_code: '91381037' } });
});

const request = (members: object) => new Blob([JSON.stringify(members)], { type: 'application/json' });
const content = new Blob(['abc']);
const hash = sha256('abc');

test.each<[string, (form: FormData) => void]>([
  ['no request', (form) => form.append('file', content, 'a')],
  ['a request that is no JSON', (form) => form.append('isvUpdateFileReq', '{"type":')],
  ['another type', (form) => form.append('isvUpdateFileReq', request({ type: 'TEXT', characters: 'a' }))],
  ['no characters', (form) => form.append('isvUpdateFileReq', request({ type: 'CHARACTERS' }))],
  [
    '1025 characters',
    (form) => form.append('isvUpdateFileReq', request({ type: 'CHARACTERS', characters: 'a'.repeat(1025) })),
  ],
  ['no file', (form) => form.append('isvUpdateFileReq', request({ type: 'FILE', sha256: hash }))],
  [
    'a file that is a string',
    (form) => {
      form.append('isvUpdateFileReq', request({ type: 'FILE', sha256: hash }));
      form.append('file', 'abc');
    },
  ],
  [
    'no SHA-256',
    (form) => {
      form.append('isvUpdateFileReq', request({ type: 'FILE', file_name: 'a' }));
      form.append('file', content, 'a');
    },
  ],
  [
    'the SHA-256 of another file',
    (form) => {
      form.append('isvUpdateFileReq', request({ type: 'FILE', sha256: sha256('abd') }));
      form.append('file', content, 'a');
    },
  ],
  [
    'two files',
    (form) => {
      form.append('isvUpdateFileReq', request({ type: 'FILE', sha256: hash }));
      form.append('file', content, 'a');
      form.append('file', content, 'a');
    },
  ],
])('CBC.0101 for a form with %s', async (_, fill) => {
  const { market, id, eventId } = await applied();
  const form = new FormData();
  fill(form);
  expect(await uploadForm(market, eventId, form)).toMatchObject({
    status: 400,
    body: { error_code: 'CBC.0101', error_msg: expect.stringMatching(/^Invalid parameter: ./) },
  });
  expect(await application(market, id, eventId)).toMatchObject({ license: null, uploads: 0 });
  expect(market.failures).toEqual([]);
});

test.each([
  ['JSON', 'application/json'],
  ['no boundary', 'multipart/form-data'],
  ['another boundary', 'multipart/form-data; boundary=other'],
])('CBC.0101 for a body that is %s', async (_, contentType) => {
  const { market, eventId } = await applied();
  const bytes = new TextEncoder().encode('--boundary\r\nnothing\r\n--boundary--\r\n');
  expect(await uploadBytes(market, eventId, bytes, contentType)).toMatchObject({
    status: 400,
    body: { error_code: 'CBC.0101' },
  });
});

test('401 of the gateway for another key, 404 for another method or a longer event', async () => {
  const market = await startMarket();
  const empty = new Uint8Array();
  const wrong = await uploadBytes(market, 'E', empty, 'multipart/form-data', { ...accessKey, sk: 'guess' });
  expect(wrong).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } });
  const get = await fetch(`${market.url}${uploadApi.upload.path.replace(':event_id', 'E')}`);
  expect(get.status).toBe(404);
  expect(await get.json()).toMatchObject({ error_code: 'APIGW.0101', error_msg: expect.stringContaining('GET') });
  const long = await upload(market, 'E'.repeat(65), characters('a'));
  expect(long).toMatchObject({ status: 400, body: { error_code: 'CBC.0101' } });
});

test('a body over 12 MB is refused', async () => {
  const { market, id, eventId } = await applied();
  const bytes = new Uint8Array(12 * 1024 * 1024);
  expect(await upload(market, eventId, { type: 'FILE', fileName: 'l', bytes })).toMatchObject({
    status: 413,
    body: { error_code: 'APIGW.0201' },
  });
  expect((await application(market, id, eventId)).uploads).toBe(0);
});
