import type { Unanswered } from './exchange.ts';

/** Why there is no answer, as Node's error tells it. */
export function silenceOf(error: Error): Pick<Unanswered, 'silence' | 'tlsFault'> {
  const code = 'code' in error ? String(error.code) : '';
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'ETIMEDOUT'].includes(code)) {
    return { silence: 'unreachable' };
  }
  if (code.startsWith('HPE_')) return { silence: code === 'HPE_HEADER_OVERFLOW' ? 'flood' : 'garbled' };
  if (/^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/.test(code)) {
    return { silence: 'tls', tlsFault: code };
  }
  return { silence: 'cut' };
}
