import { composeUpload } from '@koobridge/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUpload } from '../../src/online-license/form.ts';
import { file } from './uploading.ts';

/** The form is read or refused, whatever bytes come. */

async function written() {
  const composed = composeUpload(file('the license of a buyer'));
  if (!composed.ok) throw new Error(composed.problem);
  const response = new Response(composed.form);
  return {
    bytes: Buffer.from(await response.arrayBuffer()),
    contentType: response.headers.get('Content-Type') ?? '',
  };
}

test('a form with one byte changed, or cut off, is refused or carries the same file', async () => {
  const { bytes, contentType } = await written();
  const whole = await readUpload(bytes, contentType);
  const { sha256 } = whole.ok ? whole.license : { sha256: 'not read' };
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ change;
      const reading = await readUpload(changed, contentType);
      if (reading.ok) expect(reading.license.sha256).toBe(sha256);
      else expect(reading.code).toBe('CBC.0101');
    }),
    { numRuns: 300 },
  );
  // Behind the last boundary nothing is left to lose.
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 10), async (length) => {
      expect(await readUpload(bytes.subarray(0, length), contentType)).toMatchObject({ ok: false, code: 'CBC.0101' });
    }),
  );
});

test('bytes that are no form are refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), fc.string({ unit: 'grapheme-ascii' }), async (array, boundary) => {
      const contentType = `multipart/form-data; boundary=${boundary}`;
      expect(await readUpload(Buffer.from(array), contentType)).toMatchObject({ ok: false, code: 'CBC.0101' });
    }),
  );
});
