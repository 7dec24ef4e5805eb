import { type Text, text } from '../text.ts';

/** What Node calls what is wrong with a certificate or a handshake, in words, and what to do about it. */
const faults: readonly (readonly [RegExp, Text])[] = [
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
    text(
      'its certificate is signed by itself, or by an authority of your own: give the certificate that signed it with --ca',
      '其证书为自签名，或由自建的 CA 签发：请用 --ca 提供签发它的证书',
    ),
  ],
  [
    /^UNABLE_TO_/,
    text(
      'nobody known here signed its certificate: let the server send the certificates in between, or give the one that signed it with --ca',
      '其证书的签发者未知：请让服务器发送中间证书，或用 --ca 提供签发它的证书',
    ),
  ],
  [/^CERT_HAS_EXPIRED$/, text('its certificate has expired', '其证书已过期')],
  [/^CERT_NOT_YET_VALID$/, text('its certificate is not valid yet', '其证书尚未生效')],
  [
    /^(ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/,
    text('its certificate is for another name than the one in the address', '其证书所属的域名与地址中的不同'),
  ],
  [
    /^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO)$/,
    text('it speaks no TLS at this port: is its address http:// ?', '该端口不支持 TLS：地址是否应为 http:// ？'),
  ],
  [
    /(PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)/,
    text('it speaks no TLS of version 1.2 or later', '它不支持 1.2 及以上版本的 TLS'),
  ],
];

/** Says what is wrong with a certificate; the store takes none but one that a known authority signed. */
export function tlsFaultInWords(code: string): Text {
  const found = faults.find(([pattern]) => pattern.test(code))?.[1];
  if (found === undefined) return text(`a TLS handshake that failed (${code})`, `TLS 握手失败（${code}）`);
  return text(`a TLS handshake that failed, because ${found.en} (${code})`, `TLS 握手失败：${found.zh}（${code}）`);
}
