import { composeUpload, signAksk, type Upload, uploadApi } from '@koobridge/contracts';
import { accessKey, ok, ordered, type RunningMarket, startMarket } from '../running-market.ts';
import type { OpenApiAnswer } from '../signed-call.ts';

export const file = (text: string, fileName = 'license.lic'): Upload => ({
  type: 'FILE',
  fileName,
  bytes: new TextEncoder().encode(text),
});

export const characters = (text: string): Upload => ({ type: 'CHARACTERS', characters: text });

/** Uploads as a seller's server does: the documented form, its bytes signed with AK/SK. */
export function upload(market: RunningMarket, eventId: string, license: Upload): Promise<OpenApiAnswer> {
  const composed = composeUpload(license);
  if (!composed.ok) throw new Error(`${composed.member} ${composed.problem}`);
  return uploadForm(market, eventId, composed.form);
}

export async function uploadForm(market: RunningMarket, eventId: string, form: FormData): Promise<OpenApiAnswer> {
  const written = new Response(form);
  return uploadBytes(
    market,
    eventId,
    new Uint8Array(await written.arrayBuffer()),
    written.headers.get('Content-Type') ?? '',
  );
}

export async function uploadBytes(
  market: RunningMarket,
  eventId: string,
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  key = accessKey,
): Promise<OpenApiAnswer> {
  const target = uploadApi.upload.path.replace(':event_id', encodeURIComponent(eventId));
  const headers = { 'Content-Type': contentType, Host: new URL(market.url).host };
  const signed = signAksk({ method: 'POST', target, headers, body: bytes }, key, Date.now());
  const response = await fetch(`${market.url}${target}`, { method: 'POST', headers: signed, body: bytes });
  const body: Readonly<Record<string, unknown>> = Object(await response.json());
  return { status: response.status, headers: response.headers, body };
}

/** An instance of an online License, and an application for it. */
export async function applied(wish: { fingerprint?: string } = {}) {
  const market = await startMarket();
  const { id } = await ordered(market, { product: 'online-license-yearly' });
  const { eventId } = ok(await market.control.applyLicense({ params: { id }, body: wish }));
  return { market, id, eventId };
}

export const application = async (market: RunningMarket, id: string, eventId: string) =>
  ok(await market.control.instanceLicense({ params: { id, eventId } }));
