import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTempDir } from '../../harness/tempdir.ts';
import { type MailRig, openMailRig, readAll } from '../mail-rig.ts';

const CHILD = join(import.meta.dirname, 'ingest-child.ts');

interface Run {
  /** SHA-256 by mail id: what the child was told is durable. */
  acknowledged: Map<string, string>;
  lines: string[];
}

/** Runs the child until `until` answers true after a line; then it is killed, unless it has ended. */
async function run(child: ChildProcess, until: (run: Run) => boolean): Promise<Run> {
  const found: Run = { acknowledged: new Map(), lines: [] };
  let rest = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    rest += chunk.toString();
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      found.lines.push(line);
      const match = /^(\S+) ([0-9a-f]{64})$/.exec(line);
      if (match !== null) found.acknowledged.set(match[1] ?? '', match[2] ?? '');
    }
    if (until(found)) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));
  return found;
}

/** Every acknowledged mail is there, byte by byte; every row has its blobs; the counters are those of the rows. */
async function verify(rig: MailRig, acknowledged: ReadonlyMap<string, string>): Promise<void> {
  const rows = [];
  let after: string | null = null;
  do {
    const page = await rig.mails.readPage('user_a', { mailbox: 'inbox', account: null, limit: 500, after });
    rows.push(...page.mails);
    after = page.next;
  } while (after !== null);
  const listed = new Set(rows.map((row) => row.id));
  const lost = [...acknowledged.keys()].filter((id) => !listed.has(id));
  assert.deepEqual(lost, []);
  for (const row of rows) {
    const bytes = await readAll(await rig.mails.openRaw('user_a', row.id, null));
    const hash = createHash('sha256').update(bytes).digest('hex');
    assert.equal(bytes.length, row.size);
    assert.equal(acknowledged.get(row.id) ?? hash, hash);
  }
  const boxes = await rig.core.mailboxes.list('user_a');
  const inbox = boxes.find((box) => box.role === 'inbox');
  assert.equal(inbox?.total, rows.length);
  assert.equal(
    inbox.bytes,
    rows.reduce((sum, row) => sum + row.size, 0),
  );
}

test('killed at any moment: what was acknowledged is there byte by byte, rows and blobs agree', async () => {
  const directory = makeTempDir('crash');
  const acknowledged = new Map<string, string>();
  try {
    for (let round = 1; round <= 6; round++) {
      const child = spawn(process.execPath, [CHILD, directory.path, '1000', String(round * 1_000_000)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let killing = false;
      const found = await run(child, ({ lines }) => {
        if (lines.length > 20 && !killing) {
          killing = true;
          // Not at the moment of an acknowledgement, which would always be between two batches.
          setTimeout(() => child.kill('SIGKILL'), 3 * round);
        }
        return false;
      });
      for (const [id, hash] of found.acknowledged) acknowledged.set(id, hash);
    }
    assert.ok(acknowledged.size >= 6 * 20);
    const rig = await openMailRig(directory.path, null);
    try {
      await verify(rig, acknowledged);
    } finally {
      await rig.stop();
    }
  } finally {
    directory.remove();
  }
});

/** A file system of its own, as large as wanted, in a namespace of its own: no rights are needed. */
const SMALL_DISK = 'mount -t tmpfs -o size=6m tmpfs "$1" && exec "$2" "$3" "$1"';

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-Urm', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('a full disk: a clear error, nothing half, and it goes on by itself when there is room', (t) => {
  if (!canMount()) {
    t.skip('this system gives no name space for a small disk');
    return;
  }
  const directory = makeTempDir('full');
  mkdirSync(join(directory.path, 'disk'));
  const script = join(import.meta.dirname, 'full-disk-child.ts');
  const args = ['-Urm', 'sh', '-c', SMALL_DISK, 'sh', join(directory.path, 'disk'), process.execPath, script];
  try {
    const output = execFileSync('unshare', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    const told = JSON.parse(output) as {
      code: string;
      before: number;
      during: number;
      after: number;
      intact: boolean;
    };
    assert.equal(told.code, 'disk-full');
    assert.ok(told.before > 0);
    assert.equal(told.during, told.before);
    assert.equal(told.after, told.before + 1);
    assert.equal(told.intact, true);
  } finally {
    directory.remove();
  }
});
