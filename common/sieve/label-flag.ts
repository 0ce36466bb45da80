const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,';

/** A label as a flag of RFC 5232, which is one ASCII word: all else in modified UTF-7, as in names of IMAP mailboxes (RFC 3501 5.1.3). */
export function encodeLabel(label: string): string {
  return label.replace(/[^!#$'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+/gu, (text) =>
    text === '&' ? '&-' : `&${encodeUnits(text)}-`,
  );
}

/** The label that a flag stands for; flags that were not written by `encodeLabel` are their own. */
export function decodeLabel(flag: string): string {
  return flag.replace(/&([A-Za-z0-9+,]*)-/g, (whole, encoded: string) =>
    encoded === '' ? '&' : (decodeUnits(encoded) ?? whole),
  );
}

function encodeUnits(text: string): string {
  let encoded = '';
  let bits = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    bits = (bits << 16) | text.charCodeAt(at);
    for (count += 16; count >= 6; count -= 6) encoded += LETTERS[(bits >> (count - 6)) & 63];
    bits &= 63;
  }
  return count > 0 ? encoded + LETTERS[(bits << (6 - count)) & 63] : encoded;
}

function decodeUnits(encoded: string): string | null {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const letter of encoded) {
    bits = (bits << 6) | LETTERS.indexOf(letter);
    count += 6;
    if (count < 16) continue;
    count -= 16;
    text += String.fromCharCode((bits >> count) & 0xffff);
    bits &= (1 << count) - 1;
  }
  return text !== '' && text.isWellFormed() && bits === 0 && count < 6 ? text : null;
}
