import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { result, resultCode } from '@koobridge/contracts';
import type { CallbackObserver } from '../observe/callbacks.ts';

/** How long a client that is still sending may take to read its answer, in milliseconds. */
const lingerMs = 1_000;

/**
 * Answers requests that Node's HTTP parser gives up on, such as a query of many kilobytes: with a result like any other
 * (R8), unless the request is plainly for another path. The parser shows only the piece it stumbled over, so the path
 * is not always there to see. A call that came before on the same connection gets its own answer first, and only that.
 */
export function answerUnparsable(server: Server, path: string, observe: CallbackObserver): void {
  const answered = new WeakSet<Duplex>();
  const underWay = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => underWay.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Duplex) => {
    // The parser stumbles again over every piece that follows.
    if (answered.has(socket)) return;
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    answered.add(socket);
    const pending = underWay.get(socket);
    if (pending !== undefined && !pending.writableFinished && !isAboutItself(pending)) {
      pending.once('close', () => socket.destroy());
      return;
    }
    socket.end(isElsewhere(error.rawPacket, path) ? plain : asResult);
    observe.answered({ reason: 'unparsable', answer, seconds: 0 });
    // Not at once: closing a socket that has unread bytes resets it, and the reset may overtake the answer.
    const cut = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => clearTimeout(cut));
  });
}

/** Whether the parser gave up on the body of the very call that waits for its answer, such as a chunk without a size. */
const isAboutItself = ({ req, socket, headersSent }: ServerResponse): boolean =>
  !req.complete && socket !== null && !headersSent;

/** Answers in the same way what is neither a path nor a URL, such as `http://[`: Koa throws when it is asked for its parts. */
export function withReadableTarget(listener: RequestListener, observe: CallbackObserver): RequestListener {
  return (request, response) => {
    const target = request.url ?? '';
    if (target.startsWith('/') || URL.canParse(target)) {
      listener(request, response);
      return;
    }
    observe.answered({ reason: 'unparsable', answer, seconds: 0 });
    const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length, Connection: 'close' };
    response.writeHead(200, headers).end(body);
  };
}

function isElsewhere(packet: Buffer | undefined, path: string): boolean {
  const target = /^[A-Z]+ (\/[^ ?#]*)/.exec(packet?.toString('latin1', 0, 1_000) ?? '')?.[1];
  return target !== undefined && target !== path && !target.startsWith(`${path}/`);
}

const plain = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const answer = result(resultCode.invalidParameter, 'The request is no HTTP request this server can read.');
const body = JSON.stringify(answer);
const asResult = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
