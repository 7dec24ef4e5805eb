const answerLimit = 1024 * 1024;

/** The store answered, and nothing that can be used: to ask again gives the same. */
class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}

export const isAnswer = (error: unknown): boolean => error instanceof UnusableAnswer || error instanceof SyntaxError;

/** The JSON of an answer of at most 1 MiB; rejects for anything else. */
export async function limitedJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > answerLimit) throw new UnusableAnswer(`its answer is larger than ${answerLimit} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}
