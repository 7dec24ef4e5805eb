import type { Draft } from '../../case.ts';
import type { ClauseId } from '../../clauses.ts';
import type { Call } from '../../flow/call.ts';
import type { Flow } from '../../flow/flow.ts';
import { type Text, text } from '../../text.ts';

/** The members of one interface, as its page tabulates them; a row becomes the cases that its page or R10 asks for. */
export interface MemberTable {
  /** Of the interface, as part of the slugs. */
  readonly slug: string;
  readonly page: ClauseId;
  /** A call that is accepted as it stands. */
  readonly call: (flow: Flow) => Promise<Call>;
  readonly members: Readonly<Record<string, MemberRow>>;
}

export interface MemberRow {
  readonly optional?: true;
  /** In UTF-16 code units. */
  readonly longest?: number;
  /** The only words it may hold. */
  readonly words?: readonly string[];
  /** A date of the store (R13). */
  readonly date?: true;
  /** May be empty although it is mandatory. */
  readonly maybeEmpty?: true;
  /** Holds something other than a text. */
  readonly structured?: true;
}

export const memberCases = (table: MemberTable): readonly Draft[] =>
  Object.entries(table.members).flatMap(([name, row]) => faults(table, name, row));

function faults(table: MemberTable, name: string, row: MemberRow): readonly Draft[] {
  const drafts: Draft[] = [];
  const add = (fault: string, what: Text, value: unknown): void => {
    drafts.push(draft(table, name, fault, what, value));
  };
  if (row.optional !== true) {
    add('missing', text('missing', '缺失'), undefined);
    if (row.maybeEmpty !== true) add('empty', text('empty', '为空'), '');
    add('null', text('null', '为 null'), null);
  }
  if (row.structured !== true) add('mistyped', text('an object instead of a text', '为对象而非文本'), { a: 1 });
  if (row.longest !== undefined) {
    add('too-long', text(`longer than ${row.longest} characters`, `超过 ${row.longest} 个字符`), 'X'.repeat(row.longest + 1));
  }
  if (row.words !== undefined) add('unlisted', text('a word that no page lists', '为文档未列出的取值'), 'SOMETHING_ELSE');
  if (row.date === true) {
    add('impossible', text('30 February', '为 2 月 30 日'), '20310230120000');
    add('other-form', text('a date in ISO 8601', '为 ISO 8601 格式的日期'), '2031-01-15T12:00Z');
    add('no-date', text('no date', '不是日期'), 'next year');
  }
  return drafts;
}

const draft = (table: MemberTable, name: string, fault: string, what: Text, value: unknown): Draft => ({
  slug: `${table.slug}-${kebab(name)}-${fault}`,
  level: 'SHOULD',
  clause: fault === 'impossible' || fault === 'other-form' || fault === 'no-date' ? 'R13' : 'R10',
  requirement: text(`${name} ${what.en} is answered 000002.`, `${name} ${what.zh}时应答 000002。`),
  why: text(
    'Whatever is acted upon in its place is a guess; 000002 tells the store, and you, what is wrong.',
    '以猜测值执行会造成错误结果；000002 能指明问题所在。',
  ),
  run: async (flow) => {
    const call = await table.call(flow);
    const body = JSON.stringify({ ...call.message, [name]: value });
    return flow.send(call, { body }).answeredWith('000002');
  },
});

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
