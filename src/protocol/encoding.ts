// Text and bytes. The core has neither Node nor DOM types, and these two constructors exist on every platform.
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: true; ignoreBOM: true },
) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF as a character: stripping it would give two byte strings one reading.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 (RFC 3629). A lone surrogate becomes U+FFFD; `canonicalJson` refuses it before it comes here. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Strict UTF-8, byte order mark kept; null for anything that is not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** One byte a character. Throws RangeError on a character that is not ASCII: the caller checked it. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(text);
  if (bytes.length !== text.length) throw new RangeError('not ASCII');
  return bytes;
}

/** base64url without padding (RFC 4648 section 5). */
export function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
}

/** Canonical base64url only: no padding, no white space, no stray bits at the end; null for anything else. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: 'base64url' });
    // The decoder is lenient; what does not encode back to itself is a second spelling of the same bytes.
    return base64url(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether a text has no lone surrogate, which has no UTF-8 and so could not be signed as it stands. */
export function isWellFormed(text: string): boolean {
  // ECMAScript 2024; the core is checked against an older library of types.
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}
