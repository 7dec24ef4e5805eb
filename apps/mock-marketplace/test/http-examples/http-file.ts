/** Reads and runs `.http` files, as far as the examples use their form. */

export interface Example {
  readonly title: string;
  /** Later requests refer to its answer by it. */
  readonly name: string | undefined;
  /** The status that a comment promises. */
  readonly expected: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpFile {
  readonly variables: Readonly<Record<string, string>>;
  readonly examples: readonly Example[];
}

/** Throws for a block without a request line or without a promised status. */
export function readHttpFile(text: string): HttpFile {
  const [head = '', ...blocks] = text.split(/^###[^\S\n]*/m);
  const variables = [...head.matchAll(/^@(\w+)\s*=\s*(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value.trim(),
  ]);
  return { variables: Object.fromEntries(variables), examples: blocks.map(readBlock) };
}

function readBlock(block: string): Example {
  const [title = '', ...lines] = block.split('\n');
  const isComment = (line: string): boolean => line.startsWith('#');
  const comments = lines.filter(isComment).join('\n');
  const start = lines.findIndex((line) => line.trim() !== '' && !isComment(line));
  const [, method, url] = /^([A-Z]+) (\S+)$/.exec(lines[start] ?? '') ?? [];
  const expected = /^# expect (\d{3})$/m.exec(comments)?.[1];
  if (method === undefined || url === undefined || expected === undefined) {
    throw new Error(`"${title}" has no request line, or no comment such as "# expect 200"`);
  }
  const rest = lines.slice(start + 1);
  const empty = rest.findIndex((line) => line.trim() === '');
  const headers = rest.slice(0, empty).map((line) => line.split(/:\s*/, 2));
  const body = rest
    .slice(empty + 1)
    .join('\n')
    .trim();
  return {
    title,
    name: /^# @name (\w+)$/m.exec(comments)?.[1],
    expected: Number(expected),
    method,
    url,
    headers: Object.fromEntries(headers),
    body: body === '' ? undefined : body,
  };
}

export interface Ran {
  readonly title: string;
  readonly status: number;
  readonly body: unknown;
}

/** Runs every request in its order; `market` stands in for the variable of that name. */
export async function runHttpFile({ variables, examples }: HttpFile, market: string): Promise<Ran[]> {
  const answers = new Map<string, unknown>();
  const filled = (text: string): string =>
    text.replaceAll(/\{\{(.+?)\}\}/g, (_, reference: string) => {
      if (reference === 'market') return market;
      const [, name = '', path = ''] = /^(\w+)\.response\.body\.\$(.+)$/.exec(reference) ?? [];
      const value = name === '' ? variables[reference] : memberAt(answers.get(name), path);
      if (value === undefined || value === null) throw new Error(`{{${reference}}} is not known here`);
      return String(value);
    });
  const ran: Ran[] = [];
  for (const { title, name, method, url, headers, body } of examples) {
    const sent = body === undefined ? {} : { body: filled(body) };
    const answer = await fetch(filled(url), { method, headers, ...sent });
    const read: unknown = await answer.json();
    if (name !== undefined) answers.set(name, read);
    ran.push({ title, status: answer.status, body: read });
  }
  return ran;
}

/** What a path such as `.a[0].b` leads to. */
function memberAt(value: unknown, path: string): unknown {
  return [...path.matchAll(/[^.[\]]+/g)].reduce<unknown>(
    (inside, [step]) => (typeof inside === 'object' && inside !== null ? Object(inside)[step] : undefined),
    value,
  );
}
