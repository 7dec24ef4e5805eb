import { describe, expect, test } from 'vitest';
import { RefreshInstance, RefreshLicenseCode } from '../../src/index.ts';
import { complaints } from '../members.ts';
import { requests } from './requests.ts';

describe.each([
  [RefreshLicenseCode, requests.refreshLicenseCode],
  [RefreshInstance, requests.refreshInstance],
])('expireTime', (schema, example) => {
  const complaintsAbout = (expireTime: unknown) => complaints(schema, { ...example, expireTime });

  test.each(['20230523201932', '20230523201932123', '20240229235959', '00010101000000'])('%s is read', (time) => {
    expect(complaintsAbout(time)).toEqual([]);
  });

  test.each([
    undefined,
    null,
    20230523201932,
    '',
    '20230230000000',
    '20231301000000',
    '20230523240000',
    '99999999999999',
    '2023052320193',
    '202305232019321',
    '2023-05-23 20:19:32',
    '2023-05-23T20:19:32Z',
    '20230523T201932Z',
    ' 20230523201932',
    '20230523201932 ',
  ])('%j is refused, naming the member', (time) => expect(complaintsAbout(time)).toEqual(['expireTime']));

  test('longer than documented is refused', () => {
    expect(complaintsAbout('2'.repeat(21))).toEqual(['expireTime']);
  });
});
