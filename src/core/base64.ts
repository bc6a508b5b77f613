/** In parts: a call takes a limited number of arguments. */
export function base64Of(bytes: Uint8Array): string {
  return btoa(binaryOf(bytes));
}

/** `undefined` where a text is not base64. */
export function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return bytesOfBinary(atob(base64));
  } catch {
    return undefined;
  }
}

/** One character for each byte. */
export function binaryOf(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return binary;
}

/** The bytes of a text that has one character for each. */
export function bytesOfBinary(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
