import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { findProfile } from '../../command/transfer/read-profile-file.ts';
import { endTar, makeTarFile } from '../../common/archive/tar.ts';
import { findArchivedProfile } from '../../desktop/renderer/transfer/profile-transfer.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const temp = makeTempDir('profile-file');
after(() => temp.remove());

test('the profile of an archive is found, also where the archive is gzipped', async () => {
  const profile = { format: 'valija-profile', version: 1, made: 'now', items: [] };
  const archive = Buffer.concat([
    makeTarFile('manifest.json', Buffer.from('{}'), 0),
    makeTarFile('profile.json', Buffer.from(JSON.stringify(profile)), 0),
    makeTarFile('mails/0000001.eml', crypto.getRandomValues(Buffer.alloc(60_000)), 0),
    endTar(),
  ]);
  const packed = gzipSync(archive);
  for (const [bytes, expected] of [
    [archive, profile],
    [packed, profile],
    [gzipSync('Subject: a\n\nb\n'), null],
    [Buffer.of(0x1f, 0x8b, 1, 2, 3), null],
    [Buffer.from('F'), null],
  ] as const) {
    const path = join(temp.path, 'file');
    writeFileSync(path, bytes);
    assert.deepEqual(await findProfile(path), expected);
    assert.deepEqual(await findArchivedProfile(new File([new Uint8Array(bytes)], 'file')), expected);
  }
});
