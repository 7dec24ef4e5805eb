import { kitTables } from '../../src/cases/kit/members.ts';
import { onlineLicenseTables } from '../../src/cases/online-license/cases.ts';
import { noticeTables } from '../../src/cases/order-notice/cases.ts';
import { faithful, illegal, type Json, type Steps } from '../reference/steps.ts';
import { errorPage } from './body.ts';
import { refusing } from './license.ts';
import { type Mutant, mutantsOf } from './mutant.ts';
import { rewriting } from './saas.ts';
import { schemaMutants } from './schema.ts';

/** Refuses a call that came before. */
const refusingRepeats = (activity: string) => (): Partial<Steps> => {
  const before = new Set<string>();
  return refusing((json, given) => {
    const text = JSON.stringify({ ...json, timeStamp: undefined });
    const isRepeat = given === activity && before.has(text);
    before.add(text);
    return isRepeat;
  })();
};

const flagged = (activity: string, flag: number) =>
  refusing((json: Json, given) => given === activity && json['flag'] === flag);

/** Answers success in place of another code. */
const blindly = (code: string, when: (activity: string | undefined) => boolean) =>
  rewriting(
    ({ activity }, { resultCode }) => resultCode === code && when(activity),
    () => ({ resultCode: '000000', resultMsg: 'success.' }),
  );

const lenientFlag = (activity: string) => (): Partial<Steps> => ({
  minds: (given, member, json) => !(given === activity && member === 'flag' && json['flag'] === 9),
});

export const otherMutants: readonly Mutant[] = [
  ...schemaMutants('kit', kitTables),
  ...schemaMutants('online-license', onlineLicenseTables),
  ...schemaMutants('order-notice', noticeTables),
  ...mutantsOf('schema', {
    'empty-ids': refusing(({ instanceId }) => instanceId === ''),
    'list-as-text': refusing(({ orgInfoList }) => typeof orgInfoList === 'string'),
    'list-empty': refusing(({ orgInfoList }) => Array.isArray(orgInfoList) && orgInfoList.length === 0),
    'department-repeated-instance-id': () => ({
      afterwards: (reply, { activity, incoming }) =>
        activity === 'singleOrgSync' && incoming.body.toString().split('"instanceId"').length > 2
          ? { ...reply, body: JSON.stringify({ resultCode: '000002', resultMsg: 'twice' }) }
          : reply,
    }),
    'tenant-flag-outside': lenientFlag('tenantSync'),
    'department-flag-outside': lenientFlag('singleOrgSync'),
  }),
  ...mutantsOf('sync', {
    'tenant-repeated': refusingRepeats('tenantSync'),
    'auth-repeated': refusingRepeats('authSync'),
    'department-repeated': refusingRepeats('singleOrgSync'),
    'organisation-repeated': refusingRepeats('allOrgSync'),
    'tenant-delete-unknown': flagged('tenantSync', 0),
    'auth-delete-unknown': flagged('authSync', 0),
    'department-delete-unknown': flagged('singleOrgSync', 0),
    'modify-unknown': flagged('singleOrgSync', 2),
  }),
  ...mutantsOf('path', {
    unknown: errorPage(({ incoming }) => incoming.subPath.endsWith('somethingSync'), 404),
    'not-the-address': errorPage(({ incoming }) => incoming.subPath === '' && incoming.query === '', 404),
  }),
  ...mutantsOf('idem', { repeated: refusingRepeats('orderNotify') }),
  ...mutantsOf('apply', {
    repeated: refusingRepeats('getLicenseAsync'),
    'other-instance-same-event': () => ({
      repeat: (applied, _subject, json, life) => faithful.repeat(applied, applied.subject, json, life),
    }),
    'conflict-named': () => ({
      repeat: (applied, subject, json, life) =>
        applied.subject === subject ? faithful.repeat(applied, subject, json, life) : illegal('another call'),
    }),
    'unknown-instance': blindly('000003', (activity) => activity === 'getLicenseAsync'),
    'released-instance': blindly('000003', (activity) => activity === 'getLicenseAsync'),
  }),
];
