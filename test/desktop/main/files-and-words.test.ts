import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { nameFile } from '../../../desktop/main/page/file-name.ts';
import { chooseSpelling, readDictionaryName } from '../../../desktop/main/spelling/spelling-languages.ts';
import { placeDictionaries } from '../../../desktop/main/spelling/place-dictionaries.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

test('a file gets a name that every system takes, and that shows what it is', () => {
  const table: [string, string][] = [
    ['Jahresbericht 2026.pdf', 'Jahresbericht 2026.pdf'],
    ['año.txt', 'año.txt'],
    ['an\u0303o.txt', 'año.txt'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\calc.exe', 'C__Windows_calc.exe'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['pay\u200bload.js', 'payload.js'],
    ['report.pdf. . ', 'report.pdf'],
    ['.bashrc', 'bashrc'],
    ['a\u0000b\nc.txt', 'abc.txt'],
    ['con.txt', '_con.txt'],
    ['LPT1', '_LPT1'],
    ['console.txt', 'console.txt'],
    ['', 'file'],
    ['...', 'file'],
    ['?.txt', '_.txt'],
    [`${'x'.repeat(300)}.tar.gz`, `${'x'.repeat(117)}.gz`],
    ['y'.repeat(300), 'y'.repeat(120)],
    [`a.${'z'.repeat(300)}`, `a.${'z'.repeat(118)}`],
  ];
  for (const [wanted, expected] of table) assert.equal(nameFile(wanted), expected, JSON.stringify(wanted));
});

test('spelling is checked in the languages that people of the computer read', () => {
  const offered = ['de', 'en-AU', 'en-GB', 'en-US', 'es', 'es-MX', 'pt-BR', 'pt-PT'];
  const table: [string[], string[]][] = [
    [['es-ES'], ['es']],
    [['es-mx'], ['es-MX']],
    [
      ['es', 'en-US', 'en-GB'],
      ['es', 'en-US', 'en-GB'],
    ],
    [['en'], ['en-AU']],
    [['pt_PT'], ['pt-BR']],
    [['fr', 'nl-BE'], []],
    [
      ['de-AT', 'de', 'de-DE', 'es', 'en-US', 'pt-PT'],
      ['de', 'es', 'en-US'],
    ],
    [[], []],
  ];
  for (const [wanted, expected] of table) assert.deepEqual(chooseSpelling(offered, wanted), expected);
});

test('dictionaries that came with the program lie where Chromium looks before it would fetch any', () => {
  const table: [string, string | null][] = [
    ['en-US-10-1.bdic', 'en-US'],
    ['es-3-0.bdic', 'es'],
    ['sr-Latn-1-0.bdic', 'sr-Latn'],
    ['../en-US-10-1.bdic', null],
    ['en-US.bdic', null],
    ['en-US-10-1.bdic.exe', null],
    ['README', null],
  ];
  for (const [file, expected] of table) assert.equal(readDictionaryName(file), expected, file);
  const dir = makeTempDir('dictionaries');
  const [source, data] = [join(dir.path, 'brought'), join(dir.path, 'data')];
  assert.deepEqual(placeDictionaries(source, data), []);
  mkdirSync(source);
  for (const file of ['en-US-10-1.bdic', 'es-3-0.bdic', 'LICENSE']) writeFileSync(join(source, file), file);
  mkdirSync(join(data, 'Dictionaries'), { recursive: true });
  writeFileSync(join(data, 'Dictionaries', 'es-3-0.bdic'), 'already there');
  assert.deepEqual(placeDictionaries(source, data).toSorted(), ['en-US', 'es']);
  assert.deepEqual(readdirSync(join(data, 'Dictionaries')).toSorted(), ['en-US-10-1.bdic', 'es-3-0.bdic']);
  assert.equal(readFileSync(join(data, 'Dictionaries', 'es-3-0.bdic'), 'utf8'), 'already there');
  writeFileSync(join(dir.path, 'a file'), '');
  assert.deepEqual(placeDictionaries(source, join(dir.path, 'a file')), [], 'no place for them');
  dir.remove();
});
