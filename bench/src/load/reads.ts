import { type Codes, chooser } from './renewals.ts';

export interface ReadsNeed {
  /** `host:port`. */
  readonly host: string;
  readonly adminToken: string;
  readonly codes: Codes;
}

/** Asks for one License code after the other, as whole HTTP/1.1 requests. */
export function reads({ host, adminToken, codes }: ReadsNeed): () => string {
  const code = chooser(codes);
  const headers = `Host: ${host}\r\nAuthorization: Bearer ${adminToken}\r\nAccept: application/json\r\n\r\n`;
  return () => `GET /admin/licenses/${code()} HTTP/1.1\r\n${headers}`;
}
