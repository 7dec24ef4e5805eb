import { decryptAccount, encryptAccount, V1NewInstanceAnswer, V1QueryInstanceAnswer } from '@koobridge/contracts';
import { describe, expect, test } from 'vitest';
import { databaseBytes } from '../database.ts';
import { sharedSeller } from '../seller.ts';
import { bought, instanceOf, v1On } from './instance.ts';
import { about, extendParams, purchase } from './messages.ts';
import { type V1Store, v1Store } from './store.ts';

const heard: { readonly orderId: string; readonly orderLineId: string; readonly purchase: object | null }[] = [];
const account = { userName: 'admin@acme.example', password: 'initial-Passwort-密' };

const seller = sharedSeller({
  environment: v1On,
  handlers: {
    answering: {
      admitCreate: ({ orderId }) =>
        orderId.startsWith('CS-sold-out')
          ? { accept: false, resultCode: '000100', message: 'no more' }
          : orderId.startsWith('CS-long')
            ? {
                accept: true,
                delivery: {
                  appInfo: { frontEndUrl: 'https://acme.example', userName: 'u'.repeat(79), password: 'p'.repeat(80) },
                },
              }
            : orderId.startsWith('CS-later')
              ? { accept: true }
              : {
                  accept: true,
                  delivery: { appInfo: { frontEndUrl: 'https://acme.example', ...account, memo: '说明' } },
                },
    },
    provisioning: {
      'instance.created': ({ data }) => {
        heard.push({ orderId: data.orderId, orderLineId: data.orderLineId, purchase: data.purchase });
        return { appInfo: { frontEndUrl: 'https://later.example', ...account } };
      },
    },
  },
});

/** What the store reads of an answer's account, with the v1 key. */
const opened = ({ key }: V1Store, text: string | undefined) => decryptAccount(text ?? '', key.secret, 256);

describe('newInstance of V1', () => {
  test('answers where the instance is, its account encrypted with the v1 key', async () => {
    const store = v1Store(seller());
    const answer = await store.get(purchase('CS-1'));
    expect(answer).toMatchObject({ resultCode: '000000', bodySign: { ok: true } });
    const { instanceId, encryptType, appInfo } = V1NewInstanceAnswer.parse(answer.json);
    expect(instanceId).toMatch(/^[0-9a-f]{32}$/);
    expect(encryptType).toBe('1');
    expect(appInfo).toMatchObject({ frontEndUrl: 'https://acme.example', memo: '说明' });
    expect(opened(store, appInfo?.userName)).toEqual({ ok: true, plaintext: account.userName });
    expect(opened(store, appInfo?.password)).toEqual({ ok: true, plaintext: account.password });
    for (const value of Object.values(account)) expect(answer.text).not.toContain(value);

    const query = await store.get(about('queryInstance', instanceId ?? ''));
    const { encryptType: again, info } = V1QueryInstanceAnswer.parse(query.json);
    expect(again).toBe('1');
    expect(info?.map((each) => each.instanceId)).toEqual([instanceId]);
    expect(opened(store, info?.[0]?.appInfo?.password)).toEqual({ ok: true, plaintext: account.password });
  });

  test('leaves out what is too long once encrypted, and keeps to the documented lengths', async () => {
    const store = v1Store(seller());
    const answer = await store.get(purchase('CS-long-1'));
    const { appInfo } = V1NewInstanceAnswer.parse(answer.json);
    expect(answer.resultCode).toBe('000000');
    expect(appInfo?.frontEndUrl).toBe('https://acme.example');
    expect(appInfo?.userName).toHaveLength(124);
    expect(appInfo).not.toHaveProperty('password');
  });

  test('a repeat, with another businessId, gives the same instance and the same account', async () => {
    const store = v1Store(seller());
    const first = await store.get(purchase('CS-2'));
    const again = await store.get(purchase('CS-2', { customerName: 'Renamed' }));
    expect(again.json['instanceId']).toBe(first.json['instanceId']);
    expect(opened(store, V1NewInstanceAnswer.parse(again.json).appInfo?.password)).toMatchObject({ ok: true });
    expect(await bought(store, purchase('CS-3'))).not.toBe(first.json['instanceId']);
  });

  test('30 repeats at once make one instance', async () => {
    const store = v1Store(seller());
    const answers = await Promise.all(Array.from({ length: 30 }, () => store.get(purchase('CS-parallel'))));
    expect(new Set(answers.map(({ resultCode }) => resultCode))).toEqual(new Set(['000000']));
    expect(new Set(answers.map(({ json }) => json['instanceId'])).size).toBe(1);
  });

  test('an on-demand order makes an instance for each product, any other order one (R25)', async () => {
    const store = v1Store(seller());
    const onDemand = (productId: string) => bought(store, purchase('CS-demand', { chargingMode: '0', productId }));
    const [one, two] = [await onDemand('P-1'), await onDemand('P-2')];
    expect(one).not.toBe(two);
    expect(await onDemand('P-1')).toBe(one);
    for (const chargingMode of ['1', '3', '5']) {
      const byPeriod = (productId: string) =>
        bought(store, purchase(`CS-mode-${chargingMode}`, { chargingMode, productId }));
      expect(await byPeriod('P-1')).toBe(await byPeriod('P-2'));
    }
    // V1 orders have no lines, and what stands in for one is not shown as one.
    expect(await instanceOf(seller(), one)).toMatchObject({ orderId: 'CS-demand', orderLineId: '' });
  });

  test('a seller refuses a purchase with a code of its own', async () => {
    const answer = await v1Store(seller()).get(purchase('CS-sold-out'));
    expect(answer).toMatchObject({ resultCode: '000100', resultMsg: 'no more', bodySign: { ok: true } });
    expect(answer.json).not.toHaveProperty('instanceId');
  });
});

describe('what V1 tells of the buyer', () => {
  const phone = '+8615900000000';
  const mail = 'buyer-in-clear@acme.example';

  test.each([256, 128] as const)(
    'reaches the handler, decrypted with %i bits, and is nowhere in clear (R27)',
    async (bits) => {
      const store = v1Store(seller());
      const encrypted = (text: string) => encryptAccount(text, store.key.secret, { bits });
      const before = heard.length;
      const orderId = `CS-later-${bits}`;
      const parameters = purchase(orderId, {
        mobilePhone: encrypted(phone),
        email: encrypted(mail),
        amount: '3',
        orderAmount: '12.5',
        trialFlag: '1',
        userName: 'buyer-sub-user',
        saasExtendParams: extendParams,
      });
      expect((await store.get(parameters)).resultCode).toBe('000000');
      await expect
        .poll(() => heard.slice(before))
        .toMatchObject([
          {
            orderId,
            orderLineId: '',
            purchase: {
              mobilePhone: phone,
              email: mail,
              amount: 3,
              orderAmount: 12.5,
              trialFlag: '1',
              customerId: 'customer-1',
              customerName: 'Acme Käufer',
              userName: 'buyer-sub-user',
              productId: '00301-1-0--0',
              'saasExtendParams.emailDomainName': 'acme.example',
            },
          },
        ]);
      const bytes = await databaseBytes(seller().database);
      expect(bytes.includes(orderId)).toBe(true);
      const personal = [phone, mail, 'Acme Käufer', 'buyer-sub-user', 'customer-1', ...Object.values(account)];
      for (const each of personal) expect(bytes.includes(each), each).toBe(false);
      for (const path of ['/callbacks?limit=200', '/events?state=waiting']) {
        const text = JSON.stringify((await seller().admin(path)).body);
        for (const each of personal) expect(text, each).not.toContain(each);
      }
    },
  );

  test('what does not decrypt is left out, and the purchase goes on', async () => {
    const store = v1Store(seller());
    const before = heard.length;
    const parameters = purchase('CS-later-broken', { mobilePhone: 'in clear', email: 'A1b2C3d4E5f6G7h8AAAA' });
    expect((await store.get(parameters)).resultCode).toBe('000000');
    await expect.poll(() => heard.length).toBe(before + 1);
    expect(heard.at(-1)?.purchase).not.toHaveProperty('mobilePhone');
    expect(heard.at(-1)?.purchase).not.toHaveProperty('email');
  });

  test('the account that a handler made later is answered to a repeat', async () => {
    const store = v1Store(seller());
    const before = heard.length;
    const instanceId = await bought(store, purchase('CS-later-account'));
    await expect.poll(() => heard.length).toBe(before + 1);
    await expect.poll(async () => (await instanceOf(seller(), instanceId)).provisioning).toBe('READY');
    const { appInfo } = V1NewInstanceAnswer.parse((await store.get(purchase('CS-later-account'))).json);
    expect(opened(store, appInfo?.userName)).toEqual({ ok: true, plaintext: account.userName });
  });
});
