import type { Draft } from '../../case.ts';
import { activity as allActivity } from '../shared/activity.ts';
import { bodyCarried } from '../shared/body-carried.ts';
import { debugging } from '../shared/debugging.ts';
import { rotation } from '../shared/rotation.ts';
import { secret } from '../shared/secret.ts';
import { answer, kitAnswer } from './answer.ts';
import { creation, licensing } from './creation.ts';
import { kitBodyIllegal, kitBodyWritten } from './kit-body.ts';
import { kitPath, kitSynchronisation } from './kit-effects.ts';
import { kitSchema } from './kit-members.ts';
import { idempotency, licenseIdempotency, licenseOrder, licenseState, order, state } from './life.ts';
import { licenseSchema, schema } from './members.ts';
import { parameters } from './parameters.ts';
import { replay, restart } from './replay.ts';
import { authToken, kitAuthToken, kitTimeStamp, timeStamp } from './token.ts';

/** The cases of the retired V1, by profile and family. */
type Families = Readonly<Record<string, readonly Draft[]>>;

const only = (drafts: readonly Draft[], ...slugs: readonly string[]): readonly Draft[] =>
  drafts.filter(({ slug }) => slugs.includes(slug));
const without = (drafts: readonly Draft[], ...slugs: readonly string[]): readonly Draft[] =>
  drafts.filter(({ slug }) => !slugs.includes(slug));

const activity = only(allActivity, 'unknown', 'missing', 'constructor');
const rotate = only(rotation, 'both-keys', 'retired-key');
// Every parameter is a text, and an empty one stands for none.
const debug = without(debugging, 'numeric-flag', 'flag-null');

export const v1Families: Families = {
  sig: authToken,
  time: timeStamp,
  replay,
  parameters,
  answer,
  activity,
  schema,
  create: creation,
  idem: idempotency,
  order,
  restart: [...restart, ...state],
  rotate,
  secret,
  debug,
};

export const v1LicenseFamilies: Families = {
  sig: authToken,
  time: timeStamp,
  replay,
  parameters,
  answer,
  activity,
  schema: licenseSchema,
  create: licensing,
  idem: licenseIdempotency,
  order: licenseOrder,
  restart: [...restart, ...licenseState],
  rotate,
  secret,
  debug,
};

export const v1KitFamilies: Families = {
  sig: kitAuthToken,
  time: kitTimeStamp,
  replay,
  // The page of 2.0 prints the charset, that of V1 does not.
  body: [...kitBodyWritten, ...without(bodyCarried, 'charset'), ...kitBodyIllegal],
  answer: kitAnswer,
  path: kitPath,
  schema: kitSchema,
  sync: kitSynchronisation,
  restart,
  rotate,
  secret,
  debug: without(debugging, 'flag-null'),
};
