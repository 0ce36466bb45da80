import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readHtmlWords } from '../../../storage-server/search/text/html-words.ts';
import { listStems } from '../../../storage-server/search/text/stems.ts';
import { foldText, listWords, seekWords } from '../../../storage-server/search/text/words.ts';

const FOLDED: [string, string][] = [
  ['Información', 'informacion'],
  ['JOSÉ ÑANDÚ', 'jose nandu'],
  ['Straße', 'strasse'],
  ['ﬁn Ⅳ ｆｕｌｌ', 'fin iv full'],
  ['Ελλάς ΕΛΛΆΣ', 'ελλασ ελλασ'],
  ['İstanbul ısı', 'istanbul isi'],
  ['Łódź Øre Đà', 'lodz ore da'],
  ['が ガ', 'が ガ'],
  ['한국어', '한국어'],
  ['שָׁלוֹם', 'שלום'],
  ['co\u00adoperate', 'cooperate'],
];
const WORDS: [string, string[]][] = [
  ['Hola, mundo! 3,14', ['hola', 'mundo', '3', '14']],
  ['jose.perez@example.com', ['jose', 'perez', 'example', 'com']],
  ["don't", ['don', 't']],
  ['東京', ['東京', '京']],
  ['私は東京都にいる2026年', ['私は', 'は東', '東京', '京都', '都に', 'にい', 'いる', 'る', '2026', '年']],
  ['x'.repeat(65), []],
  [`a ${'x'.repeat(64)}`, ['a', 'x'.repeat(64)]],
  ['— … “”', []],
  ['', []],
];
const SOUGHT: [string, string[], boolean][] = [
  ['東京', ['東京'], false],
  ['東', ['東'], true],
  ['東京 大学', ['東京', '京', '大学'], false],
  ['José', ['jose'], false],
  ['a@b.c', ['a', 'b', 'c'], false],
];
/** Forms that are one word, and words that are not. */
const SAME: [string, string][] = [
  ['running', 'run'],
  ['runs', 'running'],
  ['informaciones', 'informacion'],
  ['stopped', 'stopping'],
  ['making', 'make'],
  ['parties', 'party'],
  ['boxes', 'box'],
  ['invoices', 'invoice'],
  ['called', 'calls'],
  ['agreed', 'agree'],
  ['amigas', 'amigo'],
  ['veces', 'vez'],
  ['reuniones', 'reunion'],
  ['intereses', 'interes'],
  ['importantes', 'importante'],
  ['facturas', 'factura'],
];
const DIFFERENT: [string, string][] = [
  ['bus', 'bu'],
  ['this', 'thi'],
  ['red', 'r'],
  ['king', 'k'],
  ['mes', 'mi'],
  ['address', 'add'],
  ['2026s', '2026'],
  ['single', 'sing'],
];

describe('words', () => {
  for (const [text, expected] of FOLDED)
    test(`fold ${text}`, () => assert.equal(foldText(text), expected.normalize('NFC')));
  for (const [text, expected] of WORDS) {
    test(`words of "${text.slice(0, 30)}"`, () => assert.deepEqual(listWords(text), expected));
  }
  for (const [text, words, prefix] of SOUGHT) {
    test(`look for ${text}`, () => assert.deepEqual(seekWords(text), { words, prefix }));
  }
});

describe('forms of a word', () => {
  const share = (a: string, b: string): boolean => {
    const forms = new Set([a, ...listStems(a)]);
    return [b, ...listStems(b)].some((form) => forms.has(form));
  };
  for (const [a, b] of SAME) test(`${a} is ${b}`, () => assert.ok(share(a, b)));
  for (const [a, b] of DIFFERENT) test(`${a} is not ${b}`, () => assert.ok(!share(a, b)));
});

test('HTML gives what people read', () => {
  const html =
    '<head><title>no</title></head><style>no{}</style><p>in<b>for</b>mes<br>y <a href="https://no.example/x">enlace</a></p><td>a</td><td>b</td><img alt="foto" src="no"><!-- no -->&Aacute;&#233;';
  assert.deepEqual(listWords(readHtmlWords(html)), ['informes', 'y', 'enlace', 'a', 'b', 'foto', 'ae']);
});
