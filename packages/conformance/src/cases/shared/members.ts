import type { Draft } from '../../case.ts';
import type { Call } from '../../flow/call.ts';
import type { Flow } from '../../flow/flow.ts';
import { type Text, text } from '../../text.ts';

/** The members of one interface, as its page tabulates them; a row becomes the cases that its page or R10 asks for. */
export interface MemberTable {
  /** Of the interface, as part of the slugs. */
  readonly slug: string;
  /** The interface by its name on the wire. */
  readonly activity: string;
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

/** One way in which a member can be wrong. */
export interface MemberFault {
  /** `{interface}-{member}-{fault}`. */
  readonly slug: string;
  readonly member: string;
  readonly fault: string;
  readonly what: Text;
  readonly value: unknown;
}

export const memberCases = (tables: readonly MemberTable[]): readonly Draft[] =>
  tables.flatMap((table) => faultsOf(table).map((fault) => draft(table, fault)));

/** Everything that is wrong for the members of an interface. */
export const faultsOf = (table: MemberTable): readonly MemberFault[] =>
  Object.entries(table.members).flatMap(([member, row]) =>
    faults(row).map(([fault, what, value]) => ({
      slug: `${table.slug}-${kebab(member)}-${fault}`,
      member,
      fault,
      what,
      value,
    })),
  );

type Fault = readonly [name: string, what: Text, value: unknown];

function faults(row: MemberRow): readonly Fault[] {
  const found: Fault[] = [];
  if (row.optional !== true) {
    found.push(['missing', text('missing', '缺失'), undefined], ['null', text('null', '为 null'), null]);
    if (row.maybeEmpty !== true) found.push(['empty', text('empty', '为空'), '']);
  }
  if (row.structured !== true)
    found.push(['mistyped', text('an object instead of a text', '为对象而非文本'), { a: 1 }]);
  if (row.longest !== undefined) {
    const what = text(`longer than ${row.longest} characters`, `超过 ${row.longest} 个字符`);
    found.push(['too-long', what, 'X'.repeat(row.longest + 1)]);
  }
  if (row.words !== undefined)
    found.push(['unlisted', text('a word that no page lists', '为文档未列出的取值'), 'SOMETHING_ELSE']);
  if (row.date === true) {
    found.push(
      ['impossible', text('30 February', '为 2 月 30 日'), '20310230120000'],
      ['other-form', text('a date in ISO 8601', '为 ISO 8601 格式的日期'), '2031-01-15T12:00Z'],
      ['no-date', text('no date', '不是日期'), 'next year'],
    );
  }
  return found;
}

const dateFaults: readonly string[] = ['impossible', 'other-form', 'no-date'];

const draft = (table: MemberTable, { slug, member, fault, what, value }: MemberFault): Draft => ({
  slug,
  level: 'SHOULD',
  clause: dateFaults.includes(fault) ? 'R13' : 'R10',
  requirement: text(
    `${table.activity}: ${member} ${what.en} is answered 000002.`,
    `${table.activity}：${member} ${what.zh}时应答 000002。`,
  ),
  why: text(
    'Whatever is acted upon in its place is a guess; 000002 tells the store, and you, what is wrong.',
    '以猜测值执行会造成错误结果；000002 能指明问题所在。',
  ),
  run: async (flow) => {
    const call = await table.call(flow);
    const body = JSON.stringify({ ...call.message, [member]: value });
    return flow.send(call, { body }).answeredWith('000002');
  },
});

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
