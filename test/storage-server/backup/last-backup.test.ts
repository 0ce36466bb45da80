import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { noteBackup, readLastBackup } from '../../../storage-server/backup/last-backup.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

test('a server knows when all its users were backed up last', async () => {
  const dir = makeTempDir('last-backup');
  assert.equal(await readLastBackup(dir.path), null);
  await noteBackup(dir.path, 1_800_000_000_000);
  assert.equal(await readLastBackup(dir.path), 1_800_000_000_000);
  writeFileSync(join(dir.path, 'last-backup.json'), '{"at":');
  assert.equal(await readLastBackup(dir.path), null);
  dir.remove();
});
