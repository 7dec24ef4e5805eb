import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startMarket } from '../running-market.ts';
import { readHttpFile, runHttpFile } from './http-file.ts';

const folder = new URL('../../http/', import.meta.url);
const files = readdirSync(folder);
const read = (file: string) => readHttpFile(readFileSync(new URL(file, folder), 'utf8'));

test('there are examples, and each says where the marketplace is', () => {
  expect(files.length).toBeGreaterThanOrEqual(4);
  for (const file of files) {
    expect(file).toMatch(/^[a-z-]+\.http$/);
    expect(read(file).variables['market']).toBe('http://127.0.0.1:8090');
  }
});

test.each(files)('%s: every answer has the status that is promised', async (file) => {
  const market = await startMarket();
  const { examples, ...rest } = read(file);
  const ran = await runHttpFile({ examples, ...rest }, market.url);
  expect(ran.map(({ title, status, body }) => [title, status, status >= 400 ? body : null])).toEqual(
    examples.map(({ title, expected }) => [
      title,
      expected,
      expected >= 400 ? { error: expect.stringMatching(/.{20}/) } : null,
    ]),
  );
  expect(market.failures).toEqual([]);
});

test('the code of the first example is released at the end, the instance of the second too', async () => {
  for (const [file, title] of [
    ['license-code-year.http', 'It is released, which is final'],
    ['saas-instance.http', 'It is released'],
  ] as const) {
    const market = await startMarket();
    const ran = await runHttpFile(read(file), market.url);
    expect(ran.find((each) => each.title === title)?.body).toMatchObject({ status: 'RELEASED' });
  }
});

test('a request without a promise, and a reference to nothing, are found out', async () => {
  expect(() => readHttpFile('### Silent\nGET http://127.0.0.1/\n')).toThrow('Silent');
  const dangling = readHttpFile('### Lost\n# expect 200\nGET {{nowhere.response.body.$.id}}\n');
  await expect(runHttpFile(dangling, '')).rejects.toThrow('nowhere');
});
