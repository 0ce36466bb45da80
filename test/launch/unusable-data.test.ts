import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, describe } from 'node:test';
import { findFreePort } from '../harness/ports.ts';
import { runValija, type CommandResult } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

/** Nothing runs there: what is asked finds only files. */
async function run(dataDir: string, ...args: string[]): Promise<CommandResult> {
  const place = { ready: { profile: null }, dataDir } as unknown as Parameters<typeof runValija>[0];
  return await runValija(place, [...args, '--data', dataDir]);
}

describe('a data directory that cannot be used', () => {
  const temp = makeTempDir('unusable');
  after(temp.remove);

  test('a database that is damaged is named, and stays as it is', async () => {
    const dataDir = join(temp.path, 'damaged');
    const file = join(dataDir, 'profile-server', 'profile.sqlite');
    mkdirSync(join(dataDir, 'profile-server'), { recursive: true, mode: 0o700 });
    const bytes = Buffer.alloc(8192, 'not a database ');
    writeFileSync(file, bytes);
    const { code, stderr } = await run(dataDir, 'serve', 'profile-server', '--port-base', '0', '--json');
    assert.equal(code, 1, stderr);
    const { error } = JSON.parse(stderr.trim().split('\n').at(-1)!) as { error: Record<string, unknown> };
    assert.equal(error['code'], 'unavailable');
    assert.match(String(error['message']), /profile\.sqlite is damaged \(file is not a database\)/);
    assert.deepEqual(readFileSync(file), bytes);
  });

  test('a database server that is not there is named, without the password', async () => {
    const port = await findFreePort();
    const database = `mysql://valija:not-for-others@127.0.0.1:${port}/uni`;
    const args = ['serve', 'profile-server', '--port-base', '0', '--database', database];
    const { code, stderr } = await run(join(temp.path, 'elsewhere'), ...args);
    assert.equal(code, 1, stderr);
    assert.match(stderr, new RegExp(`127\\.0\\.0\\.1:${port} does not let Valija in \\(.*ECONNREFUSED`));
    assert.doesNotMatch(stderr, /not-for-others/);
  });

  // As with a folder that belongs to somebody else; root may look into all of those.
  test('a store that nobody can look at is not called missing', async () => {
    const dataDir = join(temp.path, 'loop');
    mkdirSync(dataDir);
    symlinkSync('storage-server', join(dataDir, 'storage-server'));
    const { code, stderr } = await run(dataDir, 'store', 'verify');
    assert.equal(code, 1, stderr);
    assert.match(stderr, /storage-server\/\S+ cannot be used: too many symbolic links/);
  });
});
