/** Part of every JavaScript engine that runs this; declared here because common/ has the types of none. */
declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };

const PLAIN = /^[\x00-\x7f]*$/;
const decoders = new Map<string, InstanceType<typeof TextDecoder> | null>();
const MOST_DECODERS = 64;

/** A binary string by its charset; an unknown charset reads as UTF-8. Bytes that do not fit become U+FFFD. */
export function decodeBytes(binary: string, charset: string): string {
  const ascii = PLAIN.test(binary);
  if (
    ascii &&
    (charset === 'utf-8' || !binary.includes('\x1b')) &&
    !/^(utf-?(7|16|32)|hz|iso-2022)/.test(charset)
  ) {
    return binary;
  }
  const decoder = findDecoder(charset) ?? findDecoder('utf-8');
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return decoder === null ? binary : decoder.decode(bytes);
}

function findDecoder(charset: string): InstanceType<typeof TextDecoder> | null {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    try {
      decoder = new TextDecoder(charset);
    } catch {
      decoder = null;
    }
    // Charsets are the sender's words: they may not fill the memory.
    if (decoders.size < MOST_DECODERS) decoders.set(charset, decoder);
  }
  return decoder;
}
