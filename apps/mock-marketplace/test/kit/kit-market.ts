import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto';
import { ok, ordered, type RunningMarket, startMarket } from '../running-market.ts';
import type { ReceivedCall } from '../stub-seller.ts';

/** A seller of a joint-operation product: its key pair, its credential, and what its server was told. */

const pair = generateKeyPairSync('rsa', { modulusLength: 3072 });
export const publicPem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
export const publicKey = publicPem(pair.publicKey);

export const decrypted = (encrypted: unknown, oaepHash = 'sha256', key: KeyObject = pair.privateKey): string =>
  privateDecrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
    Buffer.from(String(encrypted), 'base64'),
  ).toString();

export const loginUrl = 'https://app.example.com/login?appId=mine';

type Form = Parameters<RunningMarket['control']['applyForApplication']>[0]['body'];

export const applied = async (market: RunningMarket, form: Partial<Form> = {}) =>
  ok(await market.control.applyForApplication({ body: { name: 'Mock app', loginUrl, publicKey, ...form } }));

export const pathOf = ({ path }: ReceivedCall): string => path.split('/').at(-1) ?? '';

/** Calls of the Kit, or those of one kind. */
export const kitCalls = (market: RunningMarket, name = '') =>
  market.seller.calls.filter(({ path }) => path.includes('/produceAPI/v2/') && path.endsWith(name));

/** `tenantSync 1`: the interface and its flag, where there is one. */
export const heardKit = (market: RunningMarket): string[] =>
  kitCalls(market).map((call) => [pathOf(call), call.message['flag']].filter((part) => part !== undefined).join(' '));

/** A marketplace with a credential, whose joint-operation product is sold with it. */
export async function jointMarket(form: Partial<Form> = {}) {
  const market = await startMarket();
  const application = await applied(market, form);
  await sellWith(market, application.appId);
  return { market, application };
}

export async function sellWith(market: RunningMarket, application: string | null): Promise<void> {
  const products = ok(await market.control.products());
  const joint = products.find(({ product }) => product === 'saas-joint-yearly');
  if (joint === undefined) throw new Error('nothing joint is sold');
  ok(await market.control.saveProduct({ params: { product: joint.product }, body: { ...joint, application } }));
}

/** Buys the product, and tells the enterprise that it was bound to. */
export async function joined(market: RunningMarket, customer = 'customer-v0') {
  const order = await ordered(market, { product: 'saas-joint-yearly', customer });
  const tenants = ok(await market.control.tenants({ query: {} })).filter((tenant) => tenant.customer === customer);
  for (const { tenantId } of tenants) {
    const tenant = ok(await market.control.tenant({ params: { tenantId } }));
    if (tenant.bindings.some(({ subject }) => subject === order.subscription)) return { ...order, tenant, tenantId };
  }
  return { ...order, tenant: undefined, tenantId: '' };
}
