import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import type { Verdict } from './judge.ts';
import type { Row } from './matrix.ts';
import type { Wanted } from './token-inputs.ts';

const columns = ['koobridge', 'stripe', 'standardwebhooks', 'octokit'] as const;
const packages = { stripe: 'stripe', standardwebhooks: 'standardwebhooks', octokit: '@octokit/webhooks-methods' };

const versionOf = (name: string): string => {
  const file = findPackageJSON(name, import.meta.url);
  if (file === undefined) throw new Error(`${name} is not installed`);
  return String(JSON.parse(readFileSync(file, 'utf8')).version);
};

const cells: Readonly<Record<Verdict['kind'], string>> = {
  right: '✓',
  'not-applicable': '',
  accepted: '**accepts**',
  refused: '**refuses**',
  error: '**error**',
  unbounded: '**much work**',
};

const cell = ({ kind, detail }: Verdict): string => (kind === 'error' ? `**throws** ${detail}` : cells[kind]);

const titles: Readonly<Record<string, string>> = {
  signature: 'The signature',
  timestamp: 'The timestamp',
  nonce: 'The nonce, elsewhere the message id',
  'signed body': 'The body and what was signed',
  query: 'The query',
  'method and path': 'Method and path',
  headers: 'Headers',
  'length and chunks': 'Length, chunks, and calls hidden in calls',
  body: 'The body on the wire',
  replay: 'Replays',
};

/** The matrix as a page for sellers. */
export function hostileInputs(rows: readonly Row[]): string {
  const wrong = (column: (typeof columns)[number]): number =>
    rows.filter((row) => !['right', 'not-applicable'].includes(row[column].kind)).length;
  const tried = (column: (typeof columns)[number]): number =>
    rows.filter((row) => row[column].kind !== 'not-applicable').length;
  const groups = [...new Set(rows.map(({ group }) => group))];
  return `# Hostile and broken inputs

Written by \`npx -y pnpm@12 hostile\`, which runs every line: over HTTP against this server, and where a line is about a token also against what other makers' Node libraries make of the same input in their own scheme. A test fails when the page is not what a run gives.

| | Koobridge | Stripe | Standard Webhooks | octokit |
| --- | --- | --- | --- | --- |
| version | this one | stripe ${versionOf(packages.stripe)} | standardwebhooks ${versionOf(packages.standardwebhooks)} | @octokit/webhooks-methods ${versionOf(packages.octokit)} |
| inputs tried | ${columns.map(tried).join(' | ')} |
| mishandled | ${columns.map(wrong).join(' | ')} |

**How to read it.** \`✓\` is as it should be: refused with the library's own refusal, or taken, and in this server's case with exactly the answer of the second column, one receipt where the store did send it, nothing changed where it did not. **accepts** took what should be refused, **refuses** turned away what was properly signed, **throws** let another error out than its own, **much work** took more than twenty times as long as for a good call. An empty cell: there is nothing of the kind in that scheme, or the line is about a server. After each line the server still has to answer the next one.

**How strict it is.** The view is that of a receiver who trusts nothing: a timestamp is digits and nothing else and lies in the window to either side, what was signed are bytes, and a body that was signed but cannot be read is no reason to throw. The libraries are called as they come: \`stripe.webhooks.constructEvent\`, \`Webhook.verify\`, and \`verify\`, which takes text only, so that its bodies are decoded as UTF-8 first. Some lines need a sender that signs odd bytes, which theirs may never do; and what travels in a header was bounded before by Node's own limit of 16 KiB, a few hundred signatures. Two schemes allow several signatures, which is right there and refused here. The two readings of a body ([R4](rulings.md#r4-two-readings-of-the-payload)) accept white space and an order of members that changed on the way; that is a ruling for the store's sake, and nobody else's scheme.

The limits behind these answers, with those of connections and time: [Limits](configuration.md#limits). How it holds under a flood: [Under a flood](configuration.md#under-a-flood).
${groups.map((group) => section(group, rows)).join('')}`;
}

function section(group: string, rows: readonly Row[]): string {
  const own = rows.filter((row) => row.group === group);
  const isCompared = own.some(
    (row) => row.stripe.kind !== 'not-applicable' || row.standardwebhooks.kind !== 'not-applicable',
  );
  const shown = isCompared ? columns : (['koobridge'] as const);
  const names = ['Koobridge', 'Stripe', 'Standard Webhooks', 'octokit'].slice(0, shown.length);
  const line = (entries: readonly string[]): string => `| ${entries.join(' | ')} |`;
  return `
## ${titles[group] ?? group}

${line(['input', 'answer', ...names])}
${line(['input', 'answer', ...names].map(() => '---'))}
${own.map((row) => line([escaped(row.name), row.wanted.map(answer).join(', then '), ...shown.map((column) => cell(row[column]))])).join('\n')}
`;
}

const answer = (wanted: Wanted): string => {
  if (typeof wanted === 'number') return `HTTP ${wanted}`;
  return wanted.says === undefined || wanted.says === ''
    ? `\`${wanted.resultCode}\``
    : `\`${wanted.resultCode}\` ${escaped(wanted.says)}`;
};

const escaped = (text: string): string => text.replace(/[|*_<>&\\]/g, (sign) => `\\${sign}`);
