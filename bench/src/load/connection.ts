import { connect } from 'node:net';

/** A keep-alive connection that asks one request at a time. */
export interface Connection {
  readonly isBusy: boolean;
  /** One whole HTTP/1.1 request. */
  send(request: string): void;
  end(): void;
}

export interface ConnectionNeed {
  readonly url: URL;
  /** What an answer must hold; another answer is a failure. */
  readonly expected: string;
  readonly answered: (connection: Connection) => void;
  readonly failed: (error: Error) => void;
}

const endOfHead = 4;

/**
 * Opens a connection. A plain socket, because a full HTTP client would cost more than the servers it measures.
 */
export function openConnection({ url, expected, answered, failed }: ConnectionNeed): Promise<Connection> {
  const socket = connect(Number(url.port), url.hostname).setNoDelay();
  let busy = false;
  let received = '';
  const connection: Connection = {
    get isBusy() {
      return busy;
    },
    send(request) {
      busy = true;
      socket.write(request, 'latin1');
    },
    end: () => socket.destroy(),
  };
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received = received === '' ? chunk : received + chunk;
    if (!isWhole(received)) return;
    const answer = received;
    received = '';
    busy = false;
    if (answer.includes(expected)) answered(connection);
    else failed(new Error(`unexpected answer: ${answer}`));
  });
  socket.once('error', failed);
  socket.once('end', () => failed(new Error('the server closed a connection')));
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(connection));
  });
}

function isWhole(text: string): boolean {
  const bodyAt = text.indexOf('\r\n\r\n') + endOfHead;
  if (bodyAt < endOfHead) return false;
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
  return text.length >= bodyAt + length;
}
