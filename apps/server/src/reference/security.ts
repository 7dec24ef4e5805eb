/** How a caller proves who it is, as security schemes: each part of a token is one, and a call needs them together. */
import type { OpenApi, OpenApiTokenScheme, StoreInterface, TokenScheme } from '@koobridge/contracts';

interface SecurityScheme {
  readonly type: 'apiKey' | 'http';
  readonly description: string;
  readonly in?: 'query' | 'header';
  readonly name?: string;
  readonly scheme?: 'bearer';
}

const part = (where: 'query' | 'header', name: string, description: string): SecurityScheme => ({
  type: 'apiKey',
  in: where,
  name,
  description,
});

const schemes = {
  signature: part('query', 'signature', 'HMAC-SHA256 in hex over nonce, timestamp and the digest of the body (R1)'),
  timestamp: part('query', 'timestamp', '13 digits, milliseconds; valid for 60 s on either side (R2)'),
  nonce: part('query', 'nonce', '1 to 128 visible ASCII characters, used once (R3)'),
  kitSign: part('header', 'x-sign', 'HMAC-SHA256 in hex over nonce, timestamp and the body in clear'),
  kitTimestamp: part('header', 'x-timestamp', '13 digits, milliseconds; valid for 60 s on either side (R2)'),
  kitNonce: part('header', 'x-nonce', '1 to 128 visible ASCII characters, used once (R3)'),
  authTokenQuery: part('query', 'authToken', 'HMAC-SHA256 in Base64 over all other parameters; accepted once (R25)'),
  timeStampQuery: part('query', 'timeStamp', '`yyyyMMddHHmmssSSS`, UTC, inside a window that is configured (R25)'),
  authTokenHeader: part(
    'header',
    'authToken',
    'HMAC-SHA256 in Base64 over all members of the body; accepted once (R25)',
  ),
  akskAuthorization: part(
    'header',
    'Authorization',
    '`SDK-HMAC-SHA256 Access={AK}, SignedHeaders={names}, Signature={hex}`: AK/SK over method, path, query, headers and body',
  ),
  akskDate: part('header', 'X-Sdk-Date', '`yyyyMMddTHHmmssZ`, UTC; one of the signed headers'),
  pushSignature: part('header', 'signature', 'HMAC-SHA256 in Base64, with the key of the base interfaces'),
  pushTimestamp: part('header', 'ts', 'Milliseconds since the epoch'),
  pushNonce: part('header', 'nonce', 'Used once'),
  accessToken: { type: 'http', scheme: 'bearer', description: 'The access token that the token endpoint gave' },
  adminToken: { type: 'http', scheme: 'bearer', description: 'The token of `KOOBRIDGE_ADMIN_TOKEN`' },
} as const satisfies Record<string, SecurityScheme>;

export type SecurityName = keyof typeof schemes;

const together = {
  'security-token': ['signature', 'timestamp', 'nonce'],
  'kit-signature': ['kitSign', 'kitTimestamp', 'kitNonce'],
  'auth-token': ['authTokenQuery', 'timeStampQuery'],
  aksk: ['akskAuthorization', 'akskDate'],
  'usage-push-signature': ['pushSignature', 'pushTimestamp', 'pushNonce'],
  oauth: ['accessToken'],
  none: [],
} as const satisfies Record<TokenScheme | OpenApiTokenScheme, readonly SecurityName[]>;

export type Security = Readonly<Record<string, string[]>>[];

/** The security of an operation that needs all of these. */
export const needing = (names: readonly SecurityName[]): Security =>
  names.length === 0 ? [] : [Object.fromEntries(names.map((name) => [name, []]))];

/** The security of an operation by its row in the table of interfaces. */
export function securityOf({
  tokenScheme,
  method,
}: Pick<StoreInterface | OpenApi, 'tokenScheme' | 'method'>): Security {
  // What V1 sends by POST has its time in the body and only the token in a header.
  if (tokenScheme === 'auth-token' && method === 'POST') return needing(['authTokenHeader']);
  // Whoever asks for an access token has none: the client's id and secret stand in the form.
  if (tokenScheme === 'oauth' && method === 'POST') return [];
  return needing(together[tokenScheme]);
}

/** The definitions of the schemes that these operations name. */
export function schemesOf(security: readonly Security[]): Record<string, SecurityScheme> {
  const used = new Set(security.flatMap((each) => each.flatMap((names) => Object.keys(names))));
  return Object.fromEntries(Object.entries(schemes).filter(([name]) => used.has(name)));
}
