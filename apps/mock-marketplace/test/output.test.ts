import { WriteStream } from 'node:tty';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jsonLines, lines } from '../src/callbacks/output.ts';

beforeEach(() => {
  for (const name of ['FORCE_COLOR', 'NO_COLOR', 'NODE_DISABLE_COLORS']) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());

function written(terminal: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  let text = '';
  // Only what `lines` uses of a stream, with a prototype that the colour detection takes for a stream.
  const stream = Object.assign(Object.create(WriteStream.prototype) as NodeJS.WriteStream, {
    write: (chunk: string) => {
      text += chunk;
      return true;
    },
  });
  Object.defineProperty(stream, 'isTTY', { value: terminal });
  Object.defineProperty(stream, 'getColorDepth', { value: () => 8 });
  return { stream, text: () => text };
}

const message = { activity: 'refreshLicenseCode', license: 'PL1', command: 'RENEWAL' } as const;
const rest = {
  id: 1,
  subject: 'PL1',
  instanceId: null,
  plan: 'license-code',
  orderId: null,
  body: '{}',
  createdAt: 0,
  status: 'SENDING',
  retries: 0,
  note: null,
} as const;

const entry = { ...message, ...rest };

test('one line out and one line back', () => {
  const { stream, text } = written(false);
  const output = lines(stream);
  output.out({ ...message, ...rest }, 1, 'first');
  output.back(entry, 200, { succeeded: true, resultCode: '000000' }, 12);
  expect(text()).toBe('--> #1 refreshLicenseCode PL1 RENEWAL\n<-- #1 200 000000 12 ms\n');
});

test('a failed call names the rule and the reason, a repetition its number', () => {
  const { stream, text } = written(false);
  const output = lines(stream);
  output.out({ ...message, ...rest, activity: 'releaseLicenseCode', command: null }, 3, 'retry');
  output.back(entry, null, { succeeded: false, rule: 'reachable', reason: 'Nobody is there.', resultCode: null }, 1);
  expect(text()).toBe(
    '--> #1 releaseLicenseCode PL1 (attempt 3, retry)\n<-- #1 no answer 1 ms  R21 reachable: Nobody is there.\n',
  );
});

test('what the seller says writes no lines and moves no cursor', () => {
  const { stream, text } = written(false);
  const reason = 'said "\u001b[2J\r\n--> forged"';
  lines(stream).back(entry, 200, { succeeded: false, rule: 'result-code', reason, resultCode: '000\u001b5' }, 1);
  expect(text().trimEnd()).not.toMatch(/\p{Cc}/u);
});

test('colours only on a terminal', () => {
  const plain = written(false);
  const coloured = written(true);
  for (const { stream } of [plain, coloured])
    lines(stream).back(entry, 200, { succeeded: true, resultCode: '000000' }, 1);
  expect(plain.text()).not.toContain('\u001b');
  expect(coloured.text()).toContain('\u001b[');
});

test('as JSON: an object a line, whatever the seller says', () => {
  const { stream, text } = written(false);
  const output = jsonLines(stream);
  output.out(entry, 2, 'retry');
  const reason = 'said "\n{}"';
  output.back(entry, null, { succeeded: false, rule: 'reachable', reason, resultCode: null }, 1);
  const objects = text()
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(objects).toEqual([
    {
      line: 'out',
      message: '1',
      activity: 'refreshLicenseCode',
      license: 'PL1',
      instanceId: null,
      orderId: null,
      command: 'RENEWAL',
      attempt: 2,
      cause: 'retry',
    },
    {
      line: 'back',
      message: '1',
      httpStatus: null,
      succeeded: false,
      resultCode: null,
      rule: 'reachable',
      reason,
      durationMs: 1,
    },
  ]);
});

test('a call that must be refused: a line that tells whether it was, and an object', () => {
  const { stream, text } = written(false);
  lines(stream).attack(entry, 'replayed', undefined);
  lines(stream).attack(entry, 'replayed', 'it was\n<-> taken');
  jsonLines(stream).attack(entry, 'stale', 'taken');
  expect(text().trimEnd().split('\n')).toEqual([
    '<-> #1 refreshLicenseCode replayed: refused, as it must be',
    '<-> #1 refreshLicenseCode replayed: it was <-> taken',
    '{"line":"attack","message":"1","activity":"refreshLicenseCode","kind":"stale","refused":false,"reason":"taken"}',
  ]);
});
