import type { Flow } from '../../flow/flow.ts';
import { moments } from '../../messages/license.ts';
import { text } from '../../text.ts';
import type { LifeSubject } from './life-subject.ts';

/** What the cases about a life say more than once. */

export const cancelled = { scene: 'UNSUBSCRIBE_RENEWAL_PERIOD' } as const;

export const retries = text(
  'The store repeats a call whose answer it did not get; it must neither fail nor act twice.',
  '云商店会重发未收到应答的调用；重复调用既不能失败，也不能再次生效。',
);

export const tooSoon = text(
  'Calls overtake each other on their way; the last to arrive is not the last that was meant.',
  '调用在途中会相互超越；最后到达的未必是最后发出的。',
);

/** A subject that was renewed once. */
export async function known({ fresh, renewal }: LifeSubject, flow: Flow): Promise<string> {
  const id = await fresh(flow);
  await flow.send(renewal(flow.names, id, moments.near.written)).given();
  return id;
}
