import type { Reference, Text } from './call.ts';

const REFERENCE = /\$\{((?:[A-Za-z_][A-Za-z0-9_]*\.)*)([A-Za-z_][A-Za-z0-9_]*|[0-9]+)\}/g;
const ENCODED = /\$\{(hex|unicode):[ \t\r\n]*([0-9a-f]+(?:[ \t\r\n]+[0-9a-f]+)*)[ \t\r\n]*\}/gi;

export interface TextRules {
  variables: boolean;
  encodedCharacter: boolean;
}

/** A string literal as it is to be understood under the required extensions (RFC 5228 2.4.2.4, RFC 5229 3). */
export function readText(
  literal: string,
  rules: TextRules,
  refuseVariable: (name: string) => void,
  refuseCharacter: (code: string) => void,
): Text {
  const plain = rules.encodedCharacter ? decodeCharacters(literal, refuseCharacter) : literal;
  if (!rules.variables || !plain.includes('${')) return plain === '' ? [] : [plain];
  const pieces: (string | Reference)[] = [];
  let at = 0;
  for (const found of plain.matchAll(REFERENCE)) {
    const [whole, space = '', name = ''] = found;
    if (/^[0-9]/.test(name) && space !== '') continue;
    if (space !== '') refuseVariable(`${space}${name}`);
    if (found.index > at) pieces.push(plain.slice(at, found.index));
    pieces.push(/^[0-9]/.test(name) ? { match: Number(name) } : { variable: name.toLowerCase() });
    at = found.index + whole.length;
  }
  if (at < plain.length) pieces.push(plain.slice(at));
  return pieces;
}

function decodeCharacters(literal: string, refuse: (code: string) => void): string {
  return literal.replace(ENCODED, (whole, kind: string, list: string) => {
    const codes = list.split(/[ \t\r\n]+/);
    return kind.toLowerCase() === 'hex' ? decodeHex(codes, whole) : decodeUnicode(codes, refuse);
  });
}

/** Bytes of UTF-8; what is none stays as it was written. */
function decodeHex(codes: string[], whole: string): string {
  if (codes.some((code) => code.length > 2)) return whole;
  try {
    return decodeURIComponent(codes.map((code) => `%${code.padStart(2, '0')}`).join(''));
  } catch {
    return whole;
  }
}

function decodeUnicode(codes: string[], refuse: (code: string) => void): string {
  const points = codes.map((code) => Number.parseInt(code, 16));
  const wrong = points.findIndex((point) => point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff));
  if (wrong >= 0) refuse(codes[wrong] ?? '');
  return wrong >= 0 ? '' : String.fromCodePoint(...points);
}
