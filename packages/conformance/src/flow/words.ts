import type { Exchange, Unanswered } from '../http/exchange.ts';
import { tlsFaultInWords } from '../http/tls-words.ts';
import { literal, type Text, text } from '../text.ts';

/** What was seen, in words. */
export function seen(exchange: Exchange): Text {
  if (exchange.kind === 'unanswered') return silence(exchange);
  const { status, json, text: heard, headers } = exchange.answer;
  const code = json?.['resultCode'];
  if (code === undefined) {
    const shown = JSON.stringify(clip(heard));
    const type = headers.get('content-type') ?? '-';
    return literal(`HTTP ${status}, Content-Type ${type}, ${shown}`);
  }
  return literal(
    `HTTP ${status}, resultCode ${JSON.stringify(code)}, resultMsg ${JSON.stringify(clip(String(json?.['resultMsg'])))}`,
  );
}

const clip = (words: string): string => (words.length <= 160 ? words : `${words.slice(0, 159)}…`);

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

function silence({ silence: kind, ms, tlsFault = '' }: Unanswered): Text {
  switch (kind) {
    case 'unreachable':
      return text('nobody accepts connections at this address', '该地址无法建立连接');
    case 'cut':
      return text('the connection was closed before an answer was complete', '应答未完成，连接即被关闭');
    case 'silent':
      return text(`no answer within ${seconds(ms)} s`, `${seconds(ms)} 秒内没有应答`);
    case 'slow':
      return text(`an answer that was not complete after ${seconds(ms)} s`, `${seconds(ms)} 秒后应答仍未完成`);
    case 'flood':
      return text('an answer far longer than any the store reads', '应答过长，远超云商店读取的长度');
    case 'garbled':
      return text('bytes that are no HTTP answer', '收到的字节不是 HTTP 应答');
    case 'tls':
      return tlsFaultInWords(tlsFault);
  }
}
