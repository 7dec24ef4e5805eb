/** The signature with one hex digit changed, the last unless told otherwise. */
export function altered(signature: string, at = signature.length - 1): string {
  const digit = signature[at] === '0' ? '1' : '0';
  return signature.slice(0, at) + digit + signature.slice(at + 1);
}
