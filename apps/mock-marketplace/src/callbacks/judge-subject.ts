import type { Records } from '../database/records.ts';
import { fail, type Verdict } from './judge.ts';
import type { Message } from './message.ts';

/**
 * What only the store's own records can tell of an answer that is in order by itself: an instance id is unique among all
 * instances (创建实例), and an instance that is paid by use tells its usage (查询实例信息).
 */
export function judgeAgainstRecords({ subscriptions }: Records, message: Message, verdict: Verdict): Verdict {
  if (!verdict.succeeded) return verdict;
  const { members, resultCode } = verdict;
  const subscription = subscriptions.find(message.subject);
  if (subscription === undefined) return verdict;
  if (message.activity === 'newInstance') {
    const id = String(members['instanceId']);
    const other = subscriptions.instance(id);
    if (other !== undefined && other.id !== subscription.id) {
      return fail(
        'answer-members',
        `The "instanceId" of the response belongs to the order ${other.terms[0].orderId}: each order needs one of its own.`,
        resultCode,
      );
    }
    if (subscription.instanceId !== null && subscription.instanceId !== id) {
      return fail(
        'answer-members',
        `The "instanceId" of the response is not the "${subscription.instanceId}" of an earlier answer: the same order needs the same one.`,
        resultCode,
      );
    }
  }
  if (message.activity === 'queryInstance' && subscription.chargingMode.startsWith('ON_DEMAND')) {
    const { info } = members;
    if (Array.isArray(info) && info.some((entry: { readonly usageInfo?: unknown }) => entry.usageInfo === undefined)) {
      return fail(
        'answer-members',
        'The response does not contain "usageInfo": an instance that is paid by use must tell it.',
        resultCode,
      );
    }
  }
  return verdict;
}
