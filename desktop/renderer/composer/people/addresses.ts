import type { Address } from '../../../../common/shapes/address.ts';

/** Whether something could be a mail address; the server has the last word when the mail is sent. */
export function looksLikeAddress(text: string): boolean {
  return /^[^\s@<>,;:"()[\]\\]+@(?:[^\s@<>,;.]+\.)*[^\s@<>,;.]+$/u.test(text);
}

/** Reads what people type or paste: addresses with or without names, between commas, semicolons or line breaks. */
export function parseAddresses(text: string): Address[] {
  return splitList(text)
    .map((one) => parseOne(one.trim()))
    .filter((one) => one !== null);
}

function splitList(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  let angle = false;
  let escaped = false;
  for (const char of text) {
    if (char === '"' && !escaped) quoted = !quoted;
    escaped = quoted && char === '\\' && !escaped;
    if (!quoted && char === '<') angle = true;
    if (!quoted && char === '>') angle = false;
    if (!quoted && !angle && /[,;\n\r\t]/.test(char)) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return [...parts, part];
}

function parseOne(text: string): Address | null {
  if (text === '') return null;
  const named = /^(.*?)<([^<>]*)>?$/s.exec(text);
  if (named === null) return { name: null, address: text.slice(0, 320) };
  const name = (named[1] ?? '')
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .replace(/\\(.)/g, '$1');
  return { name: name === '' ? null : name.slice(0, 500), address: (named[2] ?? '').trim().slice(0, 320) };
}

/** Without those that stand in the list already. */
export function addAddresses(list: readonly Address[], more: readonly Address[]): Address[] {
  const known = new Set(list.map(({ address }) => address.toLowerCase()));
  const added = more.filter(({ address }) => {
    const key = address.toLowerCase();
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
  return [...list, ...added];
}
