import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeBuilderConfig } from '../../../desktop/packaging/builder-config.ts';
import { checkPolicy } from '../../../desktop/main/settings/managed-settings.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const PACKAGING = join(import.meta.dirname, '../../../desktop/packaging');
const read = (...path: string[]): string => readFileSync(join(PACKAGING, 'policies', ...path), 'utf8');
const findAll = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** Every setting of a policy, with a value that is right. */
const RIGHT: Record<string, unknown> = {
  Server: 'https://mail.uni.example',
  Lab: 1,
  LabRoom: 'B2',
  LabPc: '07',
  Remember: 0,
  Language: 'es',
  Dictionaries: 'https://mail.uni.example/dictionaries/',
  Updates: 'https://mail.uni.example/valija/',
  Background: 0,
};

test('the templates for group policies offer what the program reads, all of it and in both languages', () => {
  const template = read('valija.admx');
  const names = findAll(template, /valueName="(\w+)"/g);
  assert.deepEqual(names.toSorted(), Object.keys(RIGHT).toSorted());
  assert.equal(Object.keys(checkPolicy(RIGHT, 'test')).length, names.length);
  assert.deepEqual(new Set(findAll(template, / key="([^"]+)"/g)), new Set(['SOFTWARE\\Policies\\Valija']));
  const strings = findAll(template, /\$\(string\.(\w+)\)/g).toSorted();
  const forms = findAll(template, /\$\(presentation\.(\w+)\)/g).toSorted();
  for (const language of ['en-US', 'es-ES']) {
    const texts = read(language, 'valija.adml');
    assert.deepEqual(findAll(texts, /<string id="(\w+)">./g).toSorted(), strings, language);
    assert.deepEqual(findAll(texts, /<presentation id="(\w+)">/g).toSorted(), forms, language);
  }
});

test('the examples for Linux and macOS are policies that are understood', () => {
  assert.equal(checkPolicy(JSON.parse(read('policy.json')), 'policy.json').room, 'B2');
  const own = read('org.valija.desktop.mobileconfig').split('<array>')[1] ?? '';
  const keys = findAll(own, /<key>(?!Payload)(\w+)<\/key>/g);
  assert.deepEqual(
    keys.filter((key) => !(key in RIGHT)),
    [],
  );
  assert.match(own, /<string>org\.valija\.desktop<\/string>/);
});

const builder = join(PACKAGING, 'node_modules/electron-builder');
const obstacle = existsSync(builder)
  ? false
  : 'electron-builder is not installed (npm ci in desktop/packaging): it is no part of CI, which must end within its time';

/** What stands where Electron's binary would: nothing but the fuses' place in it. */
function makeStandIn(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  for (const name of ['en-US', 'es', 'fr']) writeFileSync(join(folder, 'locales', `${name}.pak`), 'x');
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'icudtl.dat'])
    writeFileSync(join(folder, name), 'x');
  const fuses = '011101010';
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, fuses.length]),
    Buffer.from(fuses),
  ]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]));
  chmodSync(join(folder, 'electron'), 0o755);
}

test(
  'electron-builder takes the configuration and packs the program alone, against a stand-in of the binary',
  { skip: obstacle },
  async () => {
    const dir = makeTempDir('packaging');
    makeStandIn(join(dir.path, 'electron'));
    mkdirSync(join(dir.path, 'words'));
    writeFileSync(join(dir.path, 'words', 'es-3-0.bdic'), 'x');
    const { packageApp } = await import('../../../desktop/packaging/package.ts');
    const folders = ['--out', join(dir.path, 'out'), '--electron', join(dir.path, 'electron')];
    await packageApp(['--linux', '--dir', ...folders, '--dictionaries', join(dir.path, 'words')]);
    const packed = join(dir.path, 'out/linux-unpacked');
    const load = createRequire(join(PACKAGING, 'package.json'));
    const { listPackage } = load('@electron/asar') as {
      listPackage: (file: string, options: object) => string[];
    };
    const files = listPackage(join(packed, 'resources/app.asar'), {});
    const outside = files.filter((file) => !/^\/assets(?:\/[\w.-]+\.(?:js|css))?$/.test(file));
    assert.deepEqual(outside.filter((file) => !file.startsWith('/icons')).toSorted(), [
      '/LICENSES.txt',
      '/frame.html',
      '/index.html',
      '/main.cjs',
      '/package.json',
      '/preload.cjs',
    ]);
    assert.deepEqual(readdirSync(join(packed, 'resources')).toSorted(), [
      'app-update.yml',
      'app.asar',
      'dictionaries',
      'policies',
    ]);
    assert.deepEqual(readdirSync(join(packed, 'locales')).toSorted(), ['en-US.pak', 'es.pak']);
    const { getCurrentFuseWire } = load('@electron/fuses') as {
      getCurrentFuseWire: (file: string) => Promise<Record<string, unknown>>;
    };
    const wire = await getCurrentFuseWire(join(packed, 'valija'));
    const facts = { version: '', electronVersion: '', app: '', output: '', maintainer: '' };
    const { electronFuses } = makeBuilderConfig({ ...facts, dictionaries: null, electron: null });
    // 48 and 49 are '0' and '1' in the binary, in the order of the fuses.
    const expected = Object.values(electronFuses).map((isOn) => (isOn ? 49 : 48));
    assert.deepEqual(Object.values(wire).slice(0, expected.length), expected);
    dir.remove();
  },
);
