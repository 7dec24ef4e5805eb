import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nearest } from '../../src/commands/nearest.ts';
import { commands, foreignCommands } from '../../src/commands/table.ts';
import { shellWords, typed } from './typed.ts';

test('the help names every command, and help is no error', async () => {
  for (const args of [['--help'], ['-h'], ['help']]) {
    const { code, out, err } = await typed(args);
    expect([code, err]).toEqual([0, '']);
    for (const { name, summary } of [...commands, ...foreignCommands])
      expect(out).toMatch(new RegExp(`mock-marketplace ${name} +${summary}`));
  }
});

test('no command at all is bad usage', async () => {
  expect(await typed([])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Exit codes') });
});

test.each(commands)('$name --help: usage, examples, exit codes; also behind other words', async ({ name, load }) => {
  const { command } = await load();
  for (const args of [
    [name, '--help'],
    [name, 'whatever', '-h'],
  ]) {
    const { code, out, err } = await typed(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`\nExamples\n  mock-marketplace ${command.examples[0]}\n`);
    for (const exit of ['0   done', '1   the seller', '2   not understood', '3   not reachable'])
      expect(out).toContain(exit);
    for (const { summary, options } of command.actions) {
      expect(out).toContain(summary);
      for (const option of Object.keys(options)) expect(out).toContain(`--${option}`);
    }
  }
});

test.each(commands)('the examples of $name use actions and options that there are', async ({ name, load }) => {
  const { command } = await load();
  expect(command.examples.length).toBeGreaterThan(1);
  for (const example of command.examples) {
    const [first = '', ...words] = shellWords(example.split(/ [|<#] | {3}/)[0] ?? '');
    const entry = commands.find((each) => each.name === first);
    const { actions } = (await entry?.load())?.command ?? {};
    const action = actions?.find((each) => each.name === words[0]) ?? actions?.[0];
    expect(action, example).toBeDefined();
    for (const word of words.filter((each) => each.startsWith('--'))) {
      expect([...Object.keys(action?.options ?? {}), 'json', 'help'], example).toContain(word.slice(2));
    }
  }
  expect(command.examples.some((example) => example.startsWith(name))).toBe(true);
});

test.each([
  [['ordres'], 'There is no command "ordres". Did you mean "orders"?'],
  [['zzzzzz'], 'There is no command "zzzzzz".\n'],
  [['orders', 'bye'], '"bye" is none of list, show, buy, approve, reject. Did you mean "buy"?'],
  [['orders', 'buy', 'x', '--quantty', '2'], 'there is no option --quantty. Did you mean "--quantity"?'],
  [['orders', 'buy'], '<product> is missing.'],
  [['orders', 'buy', 'a', 'b'], '"b" is one word too many.'],
  [['orders', 'buy', 'a', '--quantity'], '--quantity'],
  [['orders', 'buy', 'a', '--quantity', 'many'], '--quantity: '],
  [['orders', 'buy', 'a', '--level', 'V9'], '--customerLevel: '],
  [['orders', '--json=yes'], '--json'],
  [['licenses', 'auto-renew', 'PL1', 'maybe'], '"on" or "off"'],
  [['messages', '--status', 'LOST'], '--status: '],
  [['trigger', 'newInstanc'], 'Did you mean "newInstance"?'],
  [['trigger', 'newInstance', '--times', '0'], '--times takes'],
  [['trigger', 'newInstance', '--time-limit', 'soon'], '--time-limit takes'],
  [['trigger', 'newInstance', '--expect', 'luck'], '--expect takes'],
  [['trigger', 'newInstance', '--stale', 'old'], '--stale and --ahead take'],
  [['trigger', 'newInstance', '--stale', '1m', '--ahead', '1m'], 'not both'],
  [['trigger', 'newInstance', '--corrupt', 'everything'], 'signature, body, nonce, timestamp'],
  [['trigger', 'newInstance', '--set', 'x'], 'member=value'],
  [['trigger', 'newInstance', '--set', 'x:={'], 'no JSON'],
  [['trigger', 'newInstance', '--to', 'nowhere'], 'PRODUCTION_ADDRESS'],
  [['trigger', 'newInstance', '--body', '/no/such/file'], 'cannot be read'],
  [['sign', 'upgrade'], 'there is no activity "upgrade"'],
  [['sign', 'upgradeInstance', '--v1'], 'there is no activity "upgradeInstance"'],
  [['sign', 'newInstance', '--v1', '--corrupt', 'nonce'], 'no nonce'],
  [['sign', 'newInstance', '--v1', '--body', '-'], '--body is for calls of 2.0'],
  [['explain', '--at', 'noon'], '--at takes'],
  [['products', 'save', '/no/such/file'], 'cannot be read'],
  [['reset'], 'say --yes'],
  [['seed', '--market', 'ftp://x'], 'no http address'],
  [['control', 'TAKE', 'x'], '"TAKE" is none of GET'],
  [['control', 'POST', 'x', '{'], 'no JSON'],
  [['control', 'GET', 'x', '{}'], 'a GET has no body'],
] as const)('%j is refused with 2 before anything is done', async (args, sentence) => {
  const { code, out, err } = await typed(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(sentence);
});

test.each(
  [
    'orders',
    'licenses',
    'instances',
    'messages',
    'messages follow',
    'clock',
    'clock advance P1D',
    'products',
    'customers',
    'seed',
    'reset --yes',
    'control GET seed',
  ].map((line) => [line]),
)('"%s" without a marketplace ends with 3 and says what to do', async (line) => {
  const { code, out, err } = await typed(line.split(' '), { variables: { MARKET_URL: 'http://127.0.0.1:1' } });
  expect([code, out]).toEqual([3, '']);
  expect(err).toMatch(
    /^There is no marketplace at http:\/\/127\.0\.0\.1:1 \(.+\): start one with "mock-marketplace serve"/,
  );
});

test('a name is only suggested when it is near', () => {
  expect(nearest('ordres', ['orders', 'clock'])).toBe('orders');
  expect(nearest('Orders', ['orders'])).toBe('orders');
  expect(nearest('clok', ['orders', 'clock'])).toBe('clock');
  expect(nearest('inventory', ['orders', 'clock'])).toBeUndefined();
  expect(nearest('x', ['on'])).toBeUndefined();
});

test('what every command loads is small: the modules of a command, and packages, are loaded by it alone', () => {
  const loaded = new Set<string>();
  const visit = (url: URL): void => {
    if (loaded.has(url.href)) return;
    loaded.add(url.href);
    const text = readFileSync(url, 'utf8');
    for (const [, name = ''] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gms)) {
      if (name.startsWith('node:')) continue;
      expect(name, url.href).toMatch(/^\./);
      if (name.endsWith('.ts')) visit(new URL(name, url));
    }
  };
  visit(new URL('../../src/main.ts', import.meta.url));
  expect(loaded.size).toBeLessThan(12);
});
