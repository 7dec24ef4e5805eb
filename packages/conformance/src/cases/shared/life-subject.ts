import type { ClauseId } from '../../clauses.ts';
import type { Call, Message } from '../../flow/call.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Names } from '../../flow/names.ts';
import type { SubjectKind } from '../../probe/probe.ts';

/** What has a validity and a status: a License code, or an instance. */
export interface LifeSubject {
  readonly kind: SubjectKind;
  readonly pages: Readonly<Record<'renewal' | 'status' | 'release', ClauseId>>;
  /** The id of one that can be renewed. */
  fresh(flow: Flow): Promise<string>;
  renewal(names: Names, id: string, expireTime: string, more?: Message): Call;
  status(id: string, status: string): Call;
  release(id: string): Call;
}
