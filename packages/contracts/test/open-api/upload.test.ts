import { describe, expect, test } from 'vitest';
import { IsvUpdateFileRequest, OpenApiResult, UploadBody, uploadApi, uploadErrors } from '../../src/index.ts';
import { describeText, describeWords } from './members.ts';

const sha256 = '350fafaffdba2a628e355b0174e90b05dba6b337b318629bce1d8ec063ebe1cd';
const file = { type: 'FILE', sha256 };
const characters = { type: 'CHARACTERS', characters: 'PL-1' };
const withFile = (members: object) => ({ ...file, ...members });
const withCharacters = (members: object) => ({ ...characters, ...members });
const optional = { max: 1024, optional: true, nullable: true, mayBeEmpty: true };

test('is a multipart POST for one event', () => {
  const { method, path, contentType } = uploadApi.upload;
  expect([method, path, contentType]).toEqual([
    'POST',
    '/api/mkp-openapi-public/global/v1/market-event/:event_id/file',
    'multipart/form-data',
  ]);
});
describeText(uploadApi.upload.pathParams, (members) => members, 'event_id', { max: 64 });

describe('a file', () => {
  describeText(IsvUpdateFileRequest, withFile, 'sha256', { max: 1024 });
  describeText(IsvUpdateFileRequest, withFile, 'file_name', optional);
  describeText(IsvUpdateFileRequest, withFile, 'characters', optional);
  test('as the page’s sample describes it, with a string and without a name', () => {
    const sample = { type: 'FILE', sha256, characters: '111' };
    expect(IsvUpdateFileRequest.parse(sample)).toEqual(sample);
  });
});

describe('a string', () => {
  describeText(IsvUpdateFileRequest, withCharacters, 'characters', { max: 1024 });
  describeText(IsvUpdateFileRequest, withCharacters, 'sha256', optional);
  describeText(IsvUpdateFileRequest, withCharacters, 'file_name', optional);
});

describeWords(IsvUpdateFileRequest, (members) => ({ ...file, characters: 'x', ...members }), 'type', [
  'CHARACTERS',
  'FILE',
]);

describe('what is required is named', () => {
  const complaints = (body: unknown) =>
    UploadBody.safeParse(body).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  test('for a file', () => {
    const part = new File(['x'], 'license.lic');
    expect(complaints({ isvUpdateFileReq: file, file: part })).toBeUndefined();
    expect(complaints({ isvUpdateFileReq: file })).toEqual(['file is required for a file']);
    expect(complaints({ isvUpdateFileReq: { type: 'FILE' }, file: part })).toEqual([
      'isvUpdateFileReq.sha256 is required for a file',
    ]);
  });
  test('for a string', () => {
    expect(complaints({ isvUpdateFileReq: characters })).toBeUndefined();
    expect(complaints({ isvUpdateFileReq: { type: 'CHARACTERS' } })).toEqual([
      'isvUpdateFileReq.characters is required for a string',
    ]);
  });
  test('no part but these two', () => {
    expect(UploadBody.safeParse({ isvUpdateFileReq: file, file: 'text' }).success).toBe(false);
    expect(UploadBody.safeParse({ file: new File([], 'f') }).success).toBe(false);
  });
});

describe('error codes', () => {
  test('every row of the page', () => {
    const rows = Object.entries(uploadErrors).map(([code, { status, message }]) => `${status} ${code} ${message}`);
    expect(rows.sort()).toEqual(
      [
        '200 CBC.0000 Success',
        '403 CBC.0150 Illegal operation',
        '400 CBC.0101 Invalid parameter',
        '500 CBC.0999 internal error',
        '200 91381033 License resource invalid',
        '200 91381034 license apply invalid',
        '200 91381035 license period has no remain amount',
        '200 91381036 inner error',
        '200 91381037 Invalid license format.',
        '200 91381038 License apply has been denied.',
        '200 91380150 Role permission denied',
      ].sort(),
    );
  });
  test.each(Object.entries(uploadErrors))('%s is an answer of the contract', (error_code, { status, message }) => {
    const answer = { error_code, error_msg: message };
    expect(uploadApi.upload.responses[status].parse(answer)).toEqual(answer);
    expect(OpenApiResult.parse(answer)).toEqual(answer);
  });
});
