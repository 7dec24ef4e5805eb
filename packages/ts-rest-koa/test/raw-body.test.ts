import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawBody } from '../src/raw-body.ts';

const bytes = (...values: number[]) => rawBody(Buffer.from(values));
const text = (value: string) => rawBody(Buffer.from(value));

describe('json()', () => {
  it.each([
    ['empty', text('')],
    ['invalid-utf8', bytes(0x22, 0xff, 0x22)],
    ['invalid-utf8', bytes(0x22, 0xed, 0xa0, 0x80, 0x22)],
    ['bom', text('\ufeff{}')],
    ['not-json', text('{')],
    ['not-json', text(' ')],
    ['not-json', text("{'a':1}")],
    ['not-json', text('{}\0')],
    ['not-json', text('NaN')],
  ])('refuses %s', (reason, raw) => {
    expect(raw.json()).toEqual({ ok: false, reason });
  });

  it('reads any JSON value, and __proto__ as a plain member', () => {
    expect(text(' null').json()).toEqual({ ok: true, value: null });
    expect(text('"\u{1f600}"').json()).toEqual({ ok: true, value: '\u{1f600}' });
    const reading = text('{"__proto__":{"a":1}}').json();
    expect(reading.ok && Object.keys(Object(reading.value))).toEqual(['__proto__']);
  });

  it('parses once', () => {
    const raw = text('{"a":1}');
    expect(raw.json()).toBe(raw.json());
  });

  it('survives a megabyte of open brackets', () => {
    expect(text('['.repeat(1024 * 1024)).json()).toEqual({ ok: false, reason: 'not-json' });
  });
});

describe('text()', () => {
  it('is undefined for bytes that are no UTF-8, and keeps a byte order mark', () => {
    expect(bytes(0xc3, 0x28).text()).toBeUndefined();
    expect(text('\ufeffa').text()).toBe('\ufeffa');
    expect(text('').text()).toBe('');
  });
});

it('never throws, and decodes as a fatal TextDecoder does', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const strict = (value: Uint8Array) => {
    try {
      return decoder.decode(value);
    } catch {
      return undefined;
    }
  };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((json) => Buffer.from(json)),
      ),
      (value) => {
        const raw = rawBody(Buffer.from(value));
        expect(raw.text()).toBe(strict(value));
        const reading = raw.json();
        if (reading.ok) expect(JSON.parse(raw.text() ?? '')).toEqual(reading.value);
      },
    ),
  );
});
