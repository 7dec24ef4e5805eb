import { interfaces, type OpenApi, openApis, type StoreInterface } from '@koobridge/contracts';
import { placeOf } from './places.ts';
import { type Language, type Words, words } from './words.ts';

type Row = StoreInterface | OpenApi;

export const rows: readonly Row[] = [...interfaces, ...openApis];

/** Where the document of each language is, from the repository's root. */
export const documentFile: Readonly<Record<Language, string>> = {
  en: 'docs/interfaces.md',
  'zh-CN': 'docs/zh-CN/interfaces.md',
};

/** The document in one language, as its file holds it. */
export function interfacesDocument(language: Language): string {
  const own = words[language];
  const up = documentFile[language].split('/').slice(1).fill('..').join('/');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `# ${own.title}`,
    '',
    own.other,
    '',
    own.introduction,
    '',
    line(own.columns),
    line(own.columns.map(() => '---')),
    ...rows.map((row) => line(cellsOf(row, own, up))),
    '',
  ].join('\n');
}

function cellsOf(row: Row, own: Words, up: string): string[] {
  const { handled = [], tests = [] } = placeOf(row) ?? {};
  const links = (files: readonly string[]): string =>
    files.map((file) => `[${shortName(file)}](${up}/${file})`).join(', ');
  return [
    `\`${row.name}\``,
    own.product[row.product],
    row.generation,
    own.direction[row.direction],
    `\`${row.method} ${addressOf(row, own)}\``,
    row.keyClass === undefined ? '–' : own.keyClass[row.keyClass],
    own.tokenScheme[row.tokenScheme],
    `[${own.page}](${row.source})`,
    links(handled),
    links(tests),
  ];
}

const addressOf = ({ direction, path }: Row, { address }: Words): string =>
  direction === 'seller to store' ? path.replace(/:(\w+)/g, '{$1}') : `${address}${path}`;

/** Without the folders that all files of an application or package share. */
const shortName = (file: string): string => file.replace(/^(?:apps|packages)\//, '').replace(/\/(?:src|test)\//, '/');
