import type { Message } from '../callbacks/message.ts';
import type { Marketplace } from '../marketplace.ts';
import { planProbes } from '../probes/plan.ts';
import { caseCallback } from './callback.ts';
import type { CaseDraft, DebuggingCase } from './case.ts';

/** Every saved case is replayed twice a day, so there is an end to them. */
export const mostCases = 200;

export type RunRefusal = 'too-many-cases' | 'unknown-case';

/** What was run, and the message it was run with. */
type Ran<Case> =
  | { readonly ok: true; readonly saved: Case; readonly message: number }
  | { readonly ok: false; readonly refusal: RunRefusal };

/** Calls the production address with a case, and saves the case if that succeeds (调测并保存用例). */
export function runDraft(
  { parts, delivery, turns }: Marketplace,
  draft: CaseDraft,
): Promise<Ran<DebuggingCase | null>> {
  const { records } = parts;
  const { messages, debuggingCases, clock } = records;
  return turns.take(async () => {
    const isNew = debuggingCases.find(draft.id) === undefined;
    if (isNew && debuggingCases.count() >= mostCases) return { ok: false, refusal: 'too-many-cases' };
    const message = records.transaction(() => messages.add(caseCallback(draft, 'DEBUGGING'), clock.now()));
    await delivery.send([message], 'first');
    return records.transaction(() => {
      const before = debuggingCases.find(draft.id);
      if (messages.find(message.id)?.status !== 'SUCCEEDED') {
        if (before !== undefined) debuggingCases.ran(draft.id, message.id);
      } else {
        debuggingCases.save({ ...draft, savedAt: clock.now(), lastMessage: message.id });
        planProbes(records);
      }
      return { ok: true, saved: debuggingCases.find(draft.id) ?? null, message: message.id };
    });
  });
}

/** Runs a saved case once more. */
export function runSaved({ parts, delivery, turns }: Marketplace, id: string): Promise<Ran<DebuggingCase>> {
  const { records } = parts;
  const { messages, debuggingCases, clock } = records;
  return turns.take(async () => {
    const begun = records.transaction((): { saved: DebuggingCase; message: Message } | undefined => {
      const saved = debuggingCases.find(id);
      if (saved === undefined) return undefined;
      const message = messages.add(caseCallback(saved, 'DEBUGGING'), clock.now());
      debuggingCases.ran(id, message.id);
      return { saved: { ...saved, lastMessage: message.id }, message };
    });
    if (begun === undefined) return { ok: false, refusal: 'unknown-case' };
    await delivery.send([begun.message], 'first');
    return { ok: true, saved: begun.saved, message: begun.message.id };
  });
}
