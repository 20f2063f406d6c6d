/** A few bytes as text that may stand in a message. */

const CHARACTERS_MOST = 60;

/** What is not printable ASCII becomes a dot, and what is long is cut. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  const end = Math.min(to, from + CHARACTERS_MOST);
  let text = '';
  for (let at = from; at < end; at++) {
    const code = bytes[at]!;
    text += code >= 32 && code < 127 ? String.fromCharCode(code) : '·';
  }
  return end < to ? `${text}…` : text;
}
