import fc from 'fast-check';

/** A JSON text taken apart, so that a test knows what a text holds without parsing it. Numbers are kept as their token. */
export type Document =
  | { readonly kind: 'literal'; readonly token: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly Document[] }
  | { readonly kind: 'object'; readonly members: readonly Member[] };
export type Member = readonly [name: string, value: Document];
export type ObjectDocument = Extract<Document, { kind: 'object' }>;

/** Any UTF-16 text, lone surrogates included: escapes can carry them. Half of the names are short, so that they collide. */
export const anyText = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'aa', 'A', '__proto__', '10', '9', '\uff21', '😀', '\ud83d', '"', '\\', '/'),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
);

const token = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '0', '-0', '1.0', '1e400', '-1E-400', '12345678901234567890', '0.10'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
);

const { object } = fc.letrec<{ value: Document; object: ObjectDocument }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', maxDepth: 6 },
    token.map((each): Document => ({ kind: 'literal', token: each })),
    anyText.map((value): Document => ({ kind: 'string', value })),
    fc.array(tie('value'), { maxLength: 4 }).map((items): Document => ({ kind: 'array', items })),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(anyText, tie('value')), { maxLength: 5 })
    .map((members): ObjectDocument => ({ kind: 'object', members })),
}));

/** An object with any content; names may repeat. */
export const anyObject = object;

/** The same document with only the last of the members that share a name, at every level, as a parser keeps them. */
export function withoutRepetitions<D extends Document>(document: D): D;
export function withoutRepetitions(document: Document): Document {
  if (document.kind === 'array')
    return { kind: 'array', items: document.items.map((item) => withoutRepetitions(item)) };
  if (document.kind !== 'object') return document;
  const members = document.members.map(([name, value]): Member => [name, withoutRepetitions(value)]);
  return { kind: 'object', members: [...new Map(members)] };
}

/** Writes a document with white space and escapes drawn at random, as far as JSON leaves a choice. */
export function write(document: Document, draw: () => number): string {
  const blank = () => ' \t\n\r'.charAt(draw() % 12).repeat(1 + (draw() % 2));
  const list = (open: string, parts: readonly string[], close: string) =>
    `${open}${blank()}${parts.map((part) => `${part}${blank()}`).join(`,${blank()}`)}${close}`;
  switch (document.kind) {
    case 'literal':
      return document.token;
    case 'string':
      return writeString(document.value, draw);
    case 'array':
      return list(
        '[',
        document.items.map((item) => write(item, draw)),
        ']',
      );
    case 'object':
      return list(
        '{',
        document.members.map(([name, value]) => `${writeString(name, draw)}${blank()}:${blank()}${write(value, draw)}`),
        '}',
      );
  }
}

/** Writes a document with neither choice: no white space, as few escapes as JSON allows. */
export const writeCompact = (document: Document): string => write(document, () => 11);

const shortEscape: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function writeString(value: string, draw: () => number): string {
  let written = '';
  for (const character of value) {
    const choice = draw() % 12;
    const short = shortEscape[character];
    const lone = /^[\ud800-\udfff]$/.test(character);
    if (choice === 0) written += longEscapes(character).toUpperCase().replaceAll('\\U', '\\u');
    else if (choice === 1) written += longEscapes(character);
    else if (short !== undefined && (character !== '/' || choice < 6)) written += short;
    else written += character < ' ' || lone ? longEscapes(character) : character;
  }
  return `"${written}"`;
}

const longEscapes = (text: string): string =>
  text.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A source of numbers for `write`, drawn from what fast-check made up. */
export function drawFrom(numbers: readonly number[]): () => number {
  let at = 0;
  return () => {
    at += 1;
    return numbers[at % numbers.length] ?? 0;
  };
}

export const someNumbers = fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 });
