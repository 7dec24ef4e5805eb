/** The beginning of an answer that is kept or shown, in characters; documented answers are a tenth of it. */
const answerKept = 4096;

const credentials = /("(?:userName|\w*password)"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi;

/** What a seller tells of accounts is read and forgotten (R27). */
export const keptAnswer = (body: Uint8Array): string =>
  new TextDecoder().decode(body).replaceAll(credentials, '$1"***"').slice(0, answerKept);
