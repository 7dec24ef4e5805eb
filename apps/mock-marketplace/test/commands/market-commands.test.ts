import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { startMarket } from '../running-market.ts';
import { says } from '../stub-seller.ts';
import { shellWords, typed } from './typed.ts';

async function shop() {
  const market = await startMarket();
  const variables = { MARKET_URL: `${market.url}/` };
  const say = async (line: string, stdin?: string) =>
    typed(shellWords(line), { variables, ...(stdin === undefined ? {} : { stdin }) });
  /** What a command that must succeed prints as JSON. */
  const told = async (line: string): Promise<unknown> => {
    const { code, out, err } = await say(`${line} --json`);
    expect([line, code, err]).toEqual([line, 0, '']);
    return JSON.parse(out);
  };
  return { market, say, told };
}

const Bought = z.looseObject({
  orderId: z.string(),
  license: z.string().optional(),
  instanceId: z.string().optional(),
  subscription: z.string(),
});

test('a License code: bought, claimed, renewed, switched, frozen, cancelled, shown', async () => {
  const { say, told } = await shop();
  const { license = '', orderId } = Bought.parse(await told('orders buy license-yearly --level V2 --quantity 3'));
  expect(await told(`licenses show ${license}`)).toMatchObject({ customerLevel: 'V2', quantity: 3, claimed: false });
  expect(await told(`licenses claim ${license}`)).toMatchObject({ claimed: true });
  const again = await say(`licenses claim ${license}`);
  expect(again).toEqual({ code: 1, out: '', err: 'The buyer claimed the code already: it can be activated now.\n' });
  const renewal = Bought.omit({ subscription: true }).parse(
    await told(`licenses renew ${license} --period month --periods 2`),
  );
  expect(await told(`orders show ${renewal.orderId}`)).toMatchObject({ type: 'RENEW', license });
  expect(await told(`licenses cancel-renewal ${license}`)).toMatchObject({ orderId: expect.any(String) });
  expect(await told(`licenses auto-renew ${license} on`)).toMatchObject({ autoRenew: true });
  expect(await told(`licenses auto-renew ${license} off`)).toMatchObject({ autoRenew: false });
  expect(await told(`licenses freeze ${license}`)).toMatchObject({ violation: true });
  expect(await told(`licenses unfreeze ${license}`)).toMatchObject({ violation: false });
  const list = await say('licenses');
  expect(list.out).toMatch(new RegExp(`^code .*\\n${license} +ACTIVE `));
  const orders = await say('orders --limit 1');
  expect(orders.out).toMatch(new RegExp(`^orderId .*\\n${orderId} .*\\n… more: --after ${orderId}\\n$`));
  expect((await say(`orders --after ${orderId}`)).out).not.toContain(`${orderId} `);
});

test('an unsubscription waits for the seller, who approves or rejects', async () => {
  const { told, say } = await shop();
  const { license = '' } = Bought.parse(await told('orders buy license-yearly'));
  const first = Bought.omit({ subscription: true }).parse(
    await told(`licenses unsubscribe ${license} --approval manual`),
  );
  expect(await told(`orders reject ${first.orderId}`)).toMatchObject({ orderId: first.orderId });
  const second = Bought.omit({ subscription: true }).parse(
    await told(`licenses unsubscribe ${license} --approval manual`),
  );
  expect(await told(`orders approve ${second.orderId}`)).toMatchObject({ orderId: second.orderId });
  expect(await told(`licenses show ${license}`)).toMatchObject({ status: 'RELEASED' });
  expect((await say(`orders approve ${second.orderId}`)).code).toBe(1);
});

test('an instance: a trial that becomes formal, is looked at, renewed, upgraded, frozen, given back', async () => {
  const { told, say } = await shop();
  const trial = Bought.parse(await told('orders buy saas-monthly --trial'));
  const id = `instance-of-${trial.orderId}`;
  expect(await told(`instances look ${id}`)).toMatchObject({ succeeded: true });
  expect((await say(`instances renew ${id}`)).err).toContain('It is a trial');
  await told(`instances to-formal ${id} --period year`);
  await told(`instances renew ${id} --product saas-premium-yearly`);
  await told(`instances cancel-renewal ${id}`);
  await told(`instances upgrade ${id} --quantity 4`);
  expect(await told(`instances show ${id}`)).toMatchObject({ instanceId: id, quantity: 4, trial: false });
  expect(await told(`instances freeze ${id}`)).toMatchObject({ violation: true });
  expect(await told(`instances unfreeze ${id}`)).toMatchObject({ violation: false });
  expect(await told(`instances auto-renew ${id} on`)).toMatchObject({ autoRenew: true });
  expect((await say('instances')).out).toMatch(new RegExp(`\\n${id} `));
  await told(`instances unsubscribe ${id}`);
  expect(await told(`instances show ${id}`)).toMatchObject({ status: 'RELEASED' });
});

test('the catalogue: products, sales and customers', async () => {
  const { say, told } = await shop();
  expect((await say('products')).out).toMatch(/^product .*\nlicense-yearly +license +LICENSE_CODE +PERIOD +year /);
  expect(await told('products sale license SUSPENDED')).toEqual({ listing: 'license', sale: 'SUSPENDED' });
  expect((await say('orders buy license-yearly')).err).toContain('not on sale');
  expect((await say('products sale license CLOSED')).code).toBe(2);
  const file = join(mkdtempSync(join(tmpdir(), 'product-')), 'product.json');
  const mine = {
    product: 'mine',
    listing: 'mine',
    productId: 'M1',
    skuCode: 'm',
    productName: 'Mine',
    access: 'SAAS',
    period: 'month',
  };
  writeFileSync(file, JSON.stringify(mine));
  expect(await told(`products save ${file}`)).toMatchObject(mine);
  expect((await say('products save -', JSON.stringify({ ...mine, price: 7 }))).out).toMatch(/\nprice +7\n/);
  expect(await told('products remove mine')).toMatchObject({ product: 'mine' });
  expect(await told('customers save acme --name "Acme Ltd" --level V4')).toEqual({
    customer: 'acme',
    name: 'Acme Ltd',
    level: 'V4',
  });
  expect((await say('customers')).out).toMatch(/\nacme +Acme Ltd +V4\n/);
  expect((await say('customers save acme --level V4')).code).toBe(2);
});

test('messages: listed, filtered, shown with their attempts, restarted', async () => {
  const { market, say, told } = await shop();
  market.seller.answer((response) => says(response, '000005', 'busy'));
  const { license = '' } = Bought.parse(await told('orders buy license-yearly'));
  await told(`licenses renew ${license}`);
  const list = await say(`messages --license ${license} --status RETRYING`);
  expect(list.out).toMatch(new RegExp(`\\n1 +refreshLicenseCode +RENEWAL +${license} +RETRYING +1 .*"000005"`));
  expect((await say('messages --activity newInstance')).out).toBe('There are no messages.\n');
  const shown = await say('messages show 1');
  expect(shown.out).toMatch(/\nattempt +1\n.*\nbody +\{"activity":"refreshLicenseCode".*\nverdict +R21 result-code: /s);
  market.seller.answer((response) => says(response, '000000'));
  expect(await told('messages restart 1')).toMatchObject({ status: 'SUCCEEDED' });
  expect((await say('messages show 77')).err).toContain('There is no such message');
});

test('what a seller names an instance writes no lines of its own', async () => {
  const { market, say, told } = await shop();
  market.seller.answer((response, { message }) =>
    message['activity'] === 'newInstance'
      ? says(response, '000000', 'said.', { instanceId: 'a\n\u001b[2Jb' })
      : says(response, '000005', '\u001b[31m\nforged'),
  );
  await told('orders buy saas-yearly');
  for (const line of ['instances', 'messages', 'messages show 2']) {
    const { out } = await say(line);
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(out).not.toMatch(/^forged/m);
  }
});

test('control makes any call and prints what was answered, refused or not', async () => {
  const { say } = await shop();
  const products = await say('control get products');
  expect(z.array(z.object({ product: z.string() })).parse(JSON.parse(products.out)).length).toBeGreaterThan(5);
  const bought = await say(`control POST /control/orders '{"product":"license-yearly"}'`);
  expect([bought.code, JSON.parse(bought.out)]).toMatchObject([0, { license: expect.any(String) }]);
  const refused = await say('control POST orders -', '{"product":"nothing"}');
  expect([refused.code, JSON.parse(refused.out)]).toMatchObject([
    1,
    { error: expect.stringContaining('no such product') },
  ]);
  expect((await say('control GET "messages?status=RETRYING&limit=10"')).out).toBe('[]\n');
});

test.each([
  ['text/html', '<h1>Hello</h1>', 1, 'without a reason, as no marketplace gives it'],
  ['application/json', '<h1>Hello</h1>', 3, 'There is no marketplace at'],
])('something else that answers %s is told from a marketplace', async (type, body, code, sentence) => {
  const server = createServer((_, response) => response.writeHead(404, { 'Content-Type': type }).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // a TCP server has an address that is an object once it listens
  const typedSeed = await typed(['seed', '--market', `http://127.0.0.1:${port}`]);
  expect(typedSeed).toMatchObject({ code, out: '', err: expect.stringContaining(sentence) });
});
