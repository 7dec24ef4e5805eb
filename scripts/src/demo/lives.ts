import { Temporal } from 'temporal-polyfill';
import { marketplace, openApi, type Stage, sellersView } from './actors.ts';
import { eventually, type Narrator } from './narrator.ts';

/** Days after the expiry, for a customer of level V0 (R24). */
const grace = 1;
const retention = 1;

const later = (instant: string, duration: Temporal.DurationLike): string =>
  new Date(Temporal.Instant.from(instant).toZonedDateTimeISO('UTC').add(duration).epochMilliseconds).toISOString();

/** Code A: everything that can happen to a license that somebody uses. */
export async function longLife(stage: Stage, narrator: Narrator): Promise<void> {
  const store = marketplace(stage);
  const software = openApi(stage);
  const { license } = await store.buy('license-yearly');
  const life = observer(stage, narrator, license);
  const moveTo = (instant: string, days = 0): Promise<unknown> => store.moveClock(later(instant, { days }));

  narrator.title(`Code A  ${license}`);
  await life.step('the buyer orders a yearly license; the store makes the code and does not announce it');
  narrator.expect('the seller’s server knows it', (await sellersView(stage, license)) !== undefined, false);

  await store.claim(license);
  await life.step('the buyer claims the code');
  narrator.expect('activation', (await software.activate(license)).error_code, '92020000');
  narrator.expect('a second activation', (await software.activate(license)).error_code, '92020003');
  narrator.expect('query', (await software.query(license)).data?.status, 'ALIVE');

  const first = later(await store.now(), { years: 1 });
  await store.renew(license);
  await life.step('the buyer renews early', ['refreshLicenseCode RENEWAL']);
  await life.agree('ACTIVE', later(first, { years: 1 }));

  await store.cancelRenewal(license);
  await life.step('and cancels that renewal before it begins', ['refreshLicenseCode UNSUBSCRIBE_RENEWAL_PERIOD']);
  await life.agree('ACTIVE', first);
  const confirmed = await eventually(
    () => sellersView(stage, license),
    (view) => view?.expiryConfirmed === true,
  );
  narrator.expect('the server confirmed the expiry with the store', confirmed?.expiryConfirmed, true);

  await moveTo(first);
  await life.step('the license expires; its day of grace begins');
  narrator.expect('the store says', (await store.license(license)).status, 'EXPIRED');
  await moveTo(first, grace);
  await life.step('the day of grace is over', ['updateLicenseCodeStatus FREEZE']);
  await life.agree('FROZEN', first);

  await store.renew(license);
  const frozenRenewal = ['refreshLicenseCode RENEWAL', 'updateLicenseCodeStatus UNFREEZE'];
  await life.step('the buyer renews the frozen license', frozenRenewal);
  const second = later(first, { years: 1 });
  await life.agree('ACTIVE', second);

  await moveTo(second);
  await life.step('the license expires again');
  await moveTo(second, grace);
  await life.step('the day of grace is over', ['updateLicenseCodeStatus FREEZE']);
  await life.agree('FROZEN', second);
  await moveTo(second, grace + retention);
  await life.step('the day of retention is over', ['releaseLicenseCode']);
  await life.agree('RELEASED', second);
  narrator.expect('query', (await software.query(license)).data?.status, 'RELEASED');
}

/** Code B: bought and given back before it was claimed. */
export async function shortLife(stage: Stage, narrator: Narrator): Promise<void> {
  const store = marketplace(stage);
  const { license } = await store.buy('license-monthly');
  const life = observer(stage, narrator, license);

  narrator.title(`Code B  ${license}`);
  await life.step('the buyer orders a monthly license');
  const { orderId } = await store.unsubscribe(license);
  await life.step('and asks for the money back before claiming the code');
  await store.approve(orderId);
  const [released] = await life.step('the seller approves', ['releaseLicenseCode']);
  narrator.expect('the release names the order of the unsubscription', released?.orderId, orderId);
  await life.agree('RELEASED');
  narrator.expect('activation', (await openApi(stage).activate(license)).error_code === '92020000', false);
}

/** Looks at one license from both sides after every step. */
function observer(stage: Stage, narrator: Narrator, license: string) {
  const store = marketplace(stage);
  let seen = 0;
  return {
    /** Tells what happened, shows the callbacks it caused, and holds them against the expected ones. */
    async step(text: string, expected: readonly string[] = []) {
      narrator.step(await store.now(), text);
      const messages = (await store.messages(license)).slice(seen);
      seen += messages.length;
      for (const message of messages) narrator.callback(message);
      const sent = messages.map(({ activity, command }) => `${activity} ${command ?? ''}`.trim());
      narrator.expect('callbacks', sent, expected);
      const failed = messages.filter(({ status, attempts }) => status !== 'SUCCEEDED' || attempts.length !== 1);
      if (failed.length > 0) narrator.expect('answered at the first attempt', failed, []);
      return messages;
    },
    /** Both sides have this status and, where one is given, this expiry. */
    async agree(status: string, expiresAt?: string): Promise<void> {
      const known = await sellersView(stage, license);
      const said = await store.license(license);
      narrator.expect('the seller’s server says', known?.status, status);
      narrator.expect('the store says', said.status, status);
      if (expiresAt === undefined) return;
      narrator.expect('the seller’s server expires it', known?.expiresAt, expiresAt);
      narrator.expect('the store expires it', said.expiresAt, expiresAt);
    },
  };
}
