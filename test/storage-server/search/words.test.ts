import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { foldText } from '../../../storage-server/search/text/fold.ts';
import { readHtmlText } from '../../../storage-server/search/text/html-text.ts';
import { listStems } from '../../../storage-server/search/text/stems.ts';
import { WordFilter } from '../../../storage-server/search/text/word-filter.ts';
import { WordWriter } from '../../../storage-server/search/text/word-writer.ts';
import { listWords, seekWords } from '../../../storage-server/search/text/words.ts';

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
  ['a😀b 𝐇𝐞𝐥𝐥𝐨', ['a', 'b', 'hello']],
  ['か\u3099き ｶﾞｷﾞ', ['がき', 'き', 'ガギ', 'ギ']],
  ['e\u0301te\u0301 x\u200by', ['ete', 'xy']],
  ['㈱abc ½ №5 ﷺ', ['株', 'abc', '1', '2', 'no5', 'صلى', 'الله', 'عليه', 'وسلم']],
  ['हिन्दी ภาษา', ['हिन्दी', 'ภา', 'าษ', 'ษา', 'า']],
  ['\u1112\u1161\u11ab글', ['한글', '글']],
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

/** As words were made before they were made from bytes: character by character, in the simplest way. */
function listSimply(text: string): string[] {
  const unspaced =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}々〆ー]/u;
  const runs = new RegExp(`${unspaced.source}+|(?:(?!${unspaced.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu');
  return (foldText(text).match(runs) ?? []).flatMap((run) => {
    if (!unspaced.test(run)) return run.length > 64 ? [] : [run];
    const characters = Array.from(run);
    return characters.map((one, index) => `${one}${characters[index + 1] ?? ''}`);
  });
}

test('words made from bytes are those made from characters, whatever they are', () => {
  let state = 20261121;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pools = [
    'abcXYZ019',
    ' -.,@\n',
    'áÉñüßÆøłıİΣς',
    '東京都は日本',
    'ガｶﾞか\u3099々ー',
    '한국\u1112\u1161',
    'ไทยเข้',
    '\u0301\u00ad\u200b\u0940',
    '½№㈱ﬁ',
    '😀𝐇𠮷',
    '“”—…',
  ];
  for (let round = 0; round < 3000; round++) {
    let text = '';
    for (let length = random(40); length > 0; length--) {
      const pool = Array.from(pools[random(pools.length)]!);
      text += pool[random(pool.length)]!.repeat(random(50) === 0 ? 70 : 1);
    }
    assert.deepEqual(listWords(text), listSimply(text), JSON.stringify(text));
  }
});

test('a filter names each word once, and what it forgot again', () => {
  const filter = new WordFilter();
  const list = (text: string): string[] => {
    const writer = new WordWriter(filter);
    writer.write(Buffer.from(text));
    return writer.fresh;
  };
  assert.deepEqual(list('running Running casas x1y running the'), ['running', 'casas']);
  assert.deepEqual(list('casas runs'), ['runs']);
  filter.forget();
  assert.deepEqual(list('casas'), ['casas']);
});

const HTML: [string, string[]][] = [
  ['caf&eacute;s ni&ntilde;o &Uuml;bung &#x74;&#101;st', ['cafes', 'nino', 'ubung', 'test']],
  ['co&shy;operaci&oacute;n &scaron;kola &aelig;on &zwnj;x', ['cooperacion', 'skola', 'aeon', 'x']],
  ['a&nbsp;b&lt;c&amp;d&unknown;e&', ['a', 'b', 'c', 'd', 'unknown', 'e']],
  ['<head><style>no</style><body>yes', ['yes']],
  ['<script>if (a<b) "</p>"</script>after', ['after']],
  ['<a title="x > y">link</a> 1 < 2 <!-- <p>no</p> -->end', ['link', '1', '2', 'end']],
  ['<p>never closed <b', ['never', 'closed']],
  ['<IMG ALT="foto bonita" src=x><STYLE>no</STYLE >z', ['foto', 'bonita', 'z']],
  ['&nGt;&nGt;&nGt;', ['\u20d2', '\u20d2', '\u20d2']],
];

describe('HTML', () => {
  for (const [html, expected] of HTML) {
    test(html, () => assert.deepEqual(listWords(readHtmlText(Buffer.from(html)).toString()), expected));
  }
  test('of any kind takes time in proportion to its length', () => {
    for (const piece of ['<', '&', '<!--', '<p', '<head>', '"<a b="', '</', '<style>', '&amp']) {
      assert.ok(readHtmlText(Buffer.from(piece.repeat(50_000))).length >= 0);
    }
  });
});

test('HTML gives what people read', () => {
  const html =
    '<head><title>no</title></head><style>no{}</style><p>in<b>for</b>mes<br>y <a href="https://no.example/x">enlace</a></p><td>a</td><td>b</td><img alt="foto" src="no"><!-- no -->&Aacute;&#233;';
  assert.deepEqual(listWords(readHtmlText(Buffer.from(html)).toString()), [
    'informes',
    'y',
    'enlace',
    'a',
    'b',
    'foto',
    'ae',
  ]);
});
