import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { type Answering, says, startSeller, takesIt } from '../stub-seller.ts';
import { typed } from './typed.ts';

async function seller(answering?: Answering) {
  const stub = await startSeller();
  onTestFinished(() => stub.close());
  if (answering !== undefined) stub.answer(answering);
  const trigger = (...args: readonly string[]) =>
    typed(['trigger', ...args], { variables: { PRODUCTION_ADDRESS: stub.address } });
  return { stub, trigger };
}

/** A server that checks tokens, and each nonce once. */
function careful(): Answering {
  const nonces = new Set<string>();
  return (response, call, index) => {
    const nonce = call.token.ok ? call.token.nonce : '';
    if (!call.token.ok || nonces.has(nonce)) return says(response, '000001', 'no');
    nonces.add(nonce);
    takesIt(response, call, index);
  };
}

const Printed = z.object({
  asExpected: z.boolean(),
  undocumented: z.string().nullable(),
  calls: z.array(
    z.looseObject({
      request: z.looseObject({ url: z.string(), body: z.string() }),
      answer: z.looseObject({ status: z.number(), body: z.string() }).nullable(),
      verdict: z.looseObject({
        succeeded: z.boolean(),
        rule: z.string().nullable(),
        resultCode: z.string().nullable(),
      }),
      oughtToBeRefusedFor: z.string().nullable(),
    }),
  ),
});
const printed = (out: string) => Printed.parse(JSON.parse(out));

test('one call, the request and the judged answer; 0', async () => {
  const { stub, trigger } = await seller(careful());
  const { code, out, err } = await trigger('refreshLicenseCode', '--set', 'license=PL1');
  expect([code, err]).toEqual([0, '']);
  expect(stub.calls).toHaveLength(1);
  expect(stub.calls[0]).toMatchObject({ token: { ok: true, keyId: 'license-1' }, message: { license: 'PL1' } });
  expect(out).toMatch(/^--> #1 refreshLicenseCode\n {4}POST http:.*signature=/);
  expect(out).toMatch(/\n<-- #1 200 000000 \d+ ms\n {4}Content-Type: application\/json\n {4}\{"resultCode":"000000"/);
});

test('a refusal is judged with the clause of R21 and the reason; 1', async () => {
  const { trigger } = await seller((response) => says(response, '000003', 'no such license'));
  const { code, out } = await trigger('releaseLicenseCode');
  expect(code).toBe(1);
  expect(out).toMatch(/<-- #1 200 000003 \d+ ms {2}R21 result-code: .*no such license/);
});

test('nobody listens: 3', async () => {
  const { code, out } = await typed(['trigger', 'newInstance', '--to', 'http://127.0.0.1:1/production', '--json']);
  expect(code).toBe(3);
  expect(printed(out).calls[0]).toMatchObject({ answer: null, verdict: { rule: 'reachable' } });
});

test('--time-limit', async () => {
  const { trigger } = await seller(() => undefined);
  const { code, out } = await trigger('newInstance', '--time-limit', '0.2', '--json');
  expect(code).toBe(1);
  expect(printed(out).calls[0]?.verdict.rule).toBe('time-limit');
});

test('--times: a token and a businessId of its own each time, for one order line', async () => {
  const { stub, trigger } = await seller(careful());
  expect((await trigger('newInstance', '--times', '3')).code).toBe(0);
  const bodies = stub.calls.map(({ message }) => message);
  expect(new Set(bodies.map(({ orderId }) => orderId)).size).toBe(1);
  expect(new Set(bodies.map(({ businessId }) => businessId)).size).toBe(3);
  expect(new Set(stub.calls.map(({ query }) => query)).size).toBe(3);
});

test('--parallel: all are under way at once', async () => {
  let waiting = 0;
  let most = 0;
  const { trigger } = await seller((response, call, index) => {
    waiting += 1;
    most = Math.max(most, waiting);
    void pause(200).then(() => {
      waiting -= 1;
      takesIt(response, call, index);
    });
  });
  expect((await trigger('newInstance', '--times', '4', '--parallel')).code).toBe(0);
  expect(most).toBe(4);
});

test('--same-bytes: a replay, which a careful server refuses', async () => {
  const { stub, trigger } = await seller(careful());
  const { code, out } = await trigger('newInstance', '--times', '2', '--same-bytes', '--json');
  expect(code).toBe(1);
  expect(stub.calls[0]?.query).toBe(stub.calls[1]?.query);
  expect(stub.calls[0]?.body).toBe(stub.calls[1]?.body);
  expect(printed(out).calls).toMatchObject([
    { verdict: { succeeded: true }, oughtToBeRefusedFor: null },
    { verdict: { succeeded: false, resultCode: '000001' }, oughtToBeRefusedFor: 'its nonce was used before' },
  ]);
});

test.each([
  ['--corrupt', 'signature'],
  ['--corrupt', 'body'],
  ['--corrupt', 'nonce'],
  ['--corrupt', 'timestamp'],
  ['--stale', '6m'],
  ['--ahead', '61s'],
  ['--same-bytes', '--times=2'],
])('with --expect refusal, %s %s ends with 0 at a careful server and with 1 at a careless one', async (...flaw) => {
  const strict = await seller(careful());
  const careless = await seller();
  for (const activity of ['updateInstanceStatus', 'allOrgSync']) {
    const refused = await strict.trigger(activity, ...flaw, '--expect', 'refusal');
    expect([refused.code, refused.out.match(/ought to refuse this for .*/)?.[0]]).toEqual([
      0,
      expect.stringMatching(/and it was\.$/),
    ]);
    const taken = await careless.trigger(activity, ...flaw, '--expect', 'refusal');
    expect(taken.code).toBe(1);
    expect(taken.out).toMatch(/ought to refuse this for .*, and the server took it\.\n/);
  }
});

test('with --expect refusal, an unknown subject may be anything but a success; a server that is down is no refusal', async () => {
  const { trigger } = await seller((response) => says(response, '000002', 'no'));
  expect((await trigger('updateInstanceStatus', '--set', 'status=MELT', '--expect', 'refusal')).code).toBe(0);
  const down = await typed(['trigger', 'newInstance', '--to', 'http://127.0.0.1:1/p', '--expect', 'refusal']);
  expect(down.code).toBe(3);
});

test('what a seller answers writes no lines, shows no account, and is not shown at any length', async () => {
  const { trigger } = await seller((response) =>
    says(response, '000000', `\u001b[2J\n--> forged ${'x'.repeat(9000)}`, {
      info: [
        { instanceId: 'instance-1', appInfo: { frontEndUrl: 'https://x', userName: 'buyer', password: 'pass"word' } },
      ],
    }),
  );
  const { out } = await trigger('queryInstance');
  expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  expect(out).not.toMatch(/^--> forged/m);
  expect(out).not.toContain('pass\\"word');
  expect(out.length).toBeLessThan(6000);
});

test('an account in a short answer is covered', async () => {
  const { trigger } = await seller();
  const { out } = await trigger('queryInstance', '--json');
  expect(printed(out).calls[0]?.answer?.body).toContain('"userName":"***","password":"***"');
});
