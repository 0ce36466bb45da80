import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ByteSource } from '../../../common/archive/byte-source.ts';
import { describePath, findRole } from '../../../common/archive/import-path.ts';
import { readTar } from '../../../common/archive/read-tar.ts';
import { isInside, makeSafeName } from '../../../common/archive/safe-name.ts';
import { endTar, makeTarFile } from '../../../common/archive/tar.ts';
import { MailError } from '../../../common/errors.ts';

const AT = Date.UTC(2026, 10, 21);

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Buffer, size: number): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for await (const file of readTar(new ByteSource(cut(bytes, size)))) {
    const pieces: Uint8Array[] = [];
    for await (const piece of file.bytes) pieces.push(piece);
    files.push([file.name, Buffer.concat(pieces).toString('latin1')]);
  }
  return files;
}

describe('tar', () => {
  const files: [string, string][] = [
    ['a.txt', 'hello'],
    ['empty', ''],
    [`${'long/'.repeat(40)}ñandú 東京.eml`, 'x'.repeat(1000)],
    ['block', 'y'.repeat(512)],
  ];
  const tar = Buffer.concat([
    ...files.map(([name, text]) => makeTarFile(name, Buffer.from(text), AT)),
    endTar(),
  ]);

  test('what is written is read, wherever it is cut', async () => {
    for (const size of [1, 100, 512, 100_000]) assert.deepEqual(await unpack(tar, size), files);
  });

  test('a file that is not read is passed over', async () => {
    const names: string[] = [];
    for await (const file of readTar(new ByteSource(cut(tar, 700)))) names.push(file.name);
    assert.deepEqual(
      names,
      files.map(([name]) => name),
    );
  });

  test('one that is cut or damaged is refused as such', async () => {
    const reason = (expected: string) => (error: unknown) =>
      error instanceof MailError && error.reason === expected;
    await assert.rejects(unpack(tar.subarray(0, tar.length - 1100), 512), reason('archive-cut'));
    await assert.rejects(unpack(tar.subarray(0, 515), 512), reason('archive-cut'));
    const damaged = Buffer.from(tar);
    damaged[3] = 0x7a;
    await assert.rejects(unpack(damaged, 512), reason('archive-damaged'));
  });
});

describe('where a file of an import belongs', () => {
  const cases: [string, string, string | null, string[]][] = [
    ['cur/1420247134.M1.host:2,FRS', 'mail', null, ['flagged', 'answered', 'seen']],
    ['new/1420247134.M1.host', 'mail', null, []],
    ['tmp/1420247134.M1.host', 'other', null, []],
    ['.Work.2015/cur/1.M1:2,D', 'mail', 'Work/2015', ['draft']],
    ['.Entw&APw-rfe/cur/1.M1;2,', 'mail', 'Entwürfe', []],
    ['Work/cur/1.M1!2,P', 'mail', 'Work', ['forwarded']],
    ['one.eml', 'mail', null, []],
    ['Work/2015/one.EML', 'mail', 'Work/2015', []],
    ['Sent.mbox', 'mbox', 'Sent', []],
    ['Work.sbd/2015', 'mbox', 'Work/2015', []],
    ['Takeout/Mail/All mail.mbox', 'mbox', 'Takeout/Mail/All mail', []],
    ['Inbox.mbox/mbox', 'mbox', 'Inbox', []],
    ['Inbox.msf', 'other', null, []],
    ['dovecot.index', 'other', null, []],
    ['dovecot-uidlist', 'other', null, []],
    ['courierimapuiddb', 'other', null, []],
    ['Lists/dovecot', 'mbox', 'Lists/dovecot', []],
    ['courier-users', 'mbox', 'courier-users', []],
    ['.DS_Store', 'other', null, []],
  ];
  for (const [path, kind, mailbox, flags] of cases) {
    test(path, () => {
      const place = describePath(path);
      assert.deepEqual([place.kind, place.mailbox, place.flags], [kind, mailbox, flags]);
    });
  }

  test('roles by what programs and providers call them', () => {
    const names = [
      'INBOX',
      '[Gmail]/Sent Mail',
      'Papelera',
      'Junk E-mail',
      'Sent Items',
      'Elementos eliminados',
      'Work',
    ];
    assert.deepEqual(names.map(findRole), ['inbox', 'sent', 'trash', 'junk', 'sent', 'trash', null]);
  });
});

test('names of files are fit for every system', () => {
  const names = [
    'a/b\\c:d',
    'con',
    '..',
    'CON.txt',
    'x\u202egnp.exe',
    '  a \n b ',
    'ñ'.repeat(90),
    'a.',
    '\ud800',
  ];
  assert.deepEqual(names.map(makeSafeName), [
    'a_b_c_d',
    '_con',
    '_',
    '_CON.txt',
    'x_gnp.exe',
    'a b',
    'ñ'.repeat(40),
    'a',
    '_',
  ]);
  assert.deepEqual(['a/b', '/a', 'a/../b', '', 'a\\b'].map(isInside), [true, false, false, false, false]);
});
