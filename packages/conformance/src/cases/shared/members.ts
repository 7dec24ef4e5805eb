import type { Draft } from '../../case.ts';
import type { Call, Variant } from '../../flow/call.ts';
import { Blocked, Deviation, NotObservable } from '../../flow/endings.ts';
import type { Flow } from '../../flow/flow.ts';
import { codeOf } from '../../flow/judge.ts';
import type { Step } from '../../flow/step.ts';
import type { ReceivedAnswer } from '../../http/answer.ts';
import { literal, type Text, text } from '../../text.ts';

/** The members of one interface, as its page tabulates them; a row becomes the cases that its page or R10 asks for. */
export interface MemberTable {
  /** Of the interface, as part of the slugs. */
  readonly slug: string;
  /** The interface by its name on the wire. */
  readonly activity: string;
  /** A call that is accepted as it stands. */
  readonly call: (flow: Flow) => Promise<Call>;
  /** It comes in a query, where every value is a text. */
  readonly texts?: true;
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
  /** Holds a number in digits. */
  readonly number?: true;
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
  tables.flatMap((table) => [...faultsOf(table).map((fault) => draft(table, fault)), named(table)]);

/** One case for each interface: a refusal says which member it is about. */
const named = (table: MemberTable): Draft => ({
  slug: `${table.slug}-names-member`,
  level: 'SHOULD',
  clause: 'R10',
  requirement: text(
    `${table.activity}: the resultMsg of 000002 names the member that is wrong.`,
    `${table.activity}：000002 的 resultMsg 指明有误的成员。`,
  ),
  why: text(
    'It is all that the debugging page and the interface messages show of a refusal.',
    '调试页面与生产接口消息只会展示它。',
  ),
  mistake: text('Whatever is wrong is answered with one and the same sentence.', '无论哪里有误，都应答同一句话。'),
  run: async (flow) => {
    const firsts = Map.groupBy(faultsOf(table), ({ member }) => member);
    let judged = 0;
    for (const [member, [fault]] of firsts) {
      const call = await table.call(flow);
      const exchange = await flow.send(...withFault(call, member, fault?.value)).exchange();
      // That the fault is refused at all is for its own case to say.
      if (exchange.kind !== 'answered' || codeOf(exchange) !== '000002') continue;
      namesMember(exchange.answer, member);
      judged += 1;
    }
    if (judged === 0)
      throw new NotObservable(text('needs a fault that is answered 000002', '需要一个应答 000002 的错误'));
  },
});

/** The answer of 000002 to a repeat that means something else; that it is one is for another case to say. */
export async function conflict(step: Step): Promise<ReceivedAnswer> {
  const exchange = await step.exchange();
  if (exchange.kind === 'answered' && codeOf(exchange) === '000002') return exchange.answer;
  throw new Blocked(text('the conflict itself is not answered 000002', '冲突本身未应答 000002'));
}

/** Asks that the resultMsg name a member of the request, as it is spelled on the wire. */
export function namesMember({ json }: ReceivedAnswer, member: string): void {
  const told = String(json?.['resultMsg']);
  if (told.includes(member)) return;
  throw new Deviation(
    text(`a resultMsg that names ${member}`, `指明 ${member} 的 resultMsg`),
    literal(JSON.stringify(told.slice(0, 160))),
  );
}

/** Everything that is wrong for the members of an interface. */
export const faultsOf = (table: MemberTable): readonly MemberFault[] =>
  Object.entries(table.members).flatMap(([member, row]) =>
    faults(row, table.texts === true).map(([fault, what, value]) => ({
      slug: `${table.slug}-${kebab(member)}-${fault}`,
      member,
      fault,
      what,
      value,
    })),
  );

type Fault = readonly [name: string, what: Text, value: unknown];

function faults(row: MemberRow, texts: boolean): readonly Fault[] {
  const found: Fault[] = [];
  if (row.optional !== true) {
    found.push(['missing', text('missing', '缺失'), undefined]);
    if (!texts) found.push(['null', text('null', '为 null'), null]);
    if (row.maybeEmpty !== true) found.push(['empty', text('empty', '为空'), '']);
  }
  if (row.structured !== true && !texts)
    found.push(['mistyped', text('an object instead of a text', '为对象而非文本'), { a: 1 }]);
  if (row.longest !== undefined) {
    const what = text(`longer than ${row.longest} characters`, `超过 ${row.longest} 个字符`);
    found.push(['too-long', what, 'X'.repeat(row.longest + 1)]);
  }
  if (row.words !== undefined)
    found.push(['unlisted', text('a word that no page lists', '为文档未列出的取值'), 'SOMETHING_ELSE']);
  if (row.number === true) found.push(['no-number', text('no number', '不是数字'), 'many']);
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
    return flow.send(...withFault(call, member, value)).answeredWith('000002');
  },
});

/** The call with one member otherwise. Of 2.0 the body is written here, because the store's own leaves out what is null. */
function withFault(call: Call, member: string, value: unknown): [Call, Variant] {
  const message = { ...call.message, [member]: value };
  const isV1 = call.carrier === 'v1-query' || call.carrier === 'v1-body';
  return [{ ...call, message }, isV1 ? {} : { body: JSON.stringify(message) }];
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
