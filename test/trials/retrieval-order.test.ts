import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { makeMessages } from '../storage-server/retrieval/store.ts';

const LARGE = Buffer.concat([
  Buffer.from('Subject: large\r\n\r\n'),
  Buffer.alloc(2_000_000, 'large enough for a file\r\n'),
]);
const CALLS = 'write,writev,pwrite64,pwritev,rename,fsync,fdatasync';

interface Order {
  /** DELE commands that were written to the server. */
  deletes: number;
  /** Files of ours that were written to. */
  written: Set<string>;
  /** Files that held unsynced bytes when a DELE left. */
  unsynced: Set<string>;
}

/** Reads a trace (strace -f -y): what was written or renamed and not synced at the moment of each DELE. SQLite's -shm is made anew after a crash. */
function readTrace(text: string, dir: string): Order {
  const order: Order = { deletes: 0, written: new Set(), unsynced: new Set() };
  const dirty = new Set<string>();
  const begun = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, pid = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. (\w+) resumed>/.exec(rest);
    // A call counts when it returns: a sync that is still going on has synced nothing.
    const call = resumed === null ? rest : (begun.get(pid) ?? '');
    if (rest.includes('<unfinished')) {
      begun.set(pid, rest);
      if (!/^\w+\(\d+<[^>]*>, .*DELE /.test(rest)) continue;
    }
    const renamed = /^rename\("[^"]*", "([^"]*)"/.exec(call)?.[1];
    if (renamed?.startsWith(dir) === true) dirty.add(dirname(renamed));
    const [, name = '', file = ''] = /^(\w+)\(\d+<([^>]*)>/.exec(call) ?? [];
    if (/^(write|writev)$/.test(name) && !file.startsWith(dir) && call.includes('DELE ')) {
      if (resumed !== null) continue;
      order.deletes += call.match(/DELE \d+/g)?.length ?? 0;
      for (const path of dirty) order.unsynced.add(path);
    } else if (file.startsWith(dir) && !/\/spool\/|-shm$/.test(file)) {
      if (name.startsWith('f')) dirty.delete(file);
      else dirty.add(file);
      order.written.add(file);
    }
  }
  return order;
}

describe(
  'every DELE leaves after the sync of blob and row',
  { skip: missingComponent('dovecot', 'strace', 'eatmydata') },
  () => {
    let dovecot: Dovecot;
    before(async () => {
      dovecot = await startDovecot({ users: { alice: 'secret' } });
    });
    after(async () => {
      await dovecot.stop();
    });

    function trace(env: Record<string, string>): Order {
      const temp = makeTempDir('order');
      dovecot.empty('alice');
      dovecot.deliver('alice', [...makeMessages(60), LARGE]);
      const file = join(temp.path, 'trace');
      const child = join(import.meta.dirname, 'retrieval-child.ts');
      const set = Object.entries(env).flatMap(([name, value]) => ['-E', `${name}=${value}`]);
      const args = ['-f', '-y', '-s', '4096', '-e', `trace=${CALLS}`, '-o', file, ...set];
      const run = spawnSync('strace', [...args, process.execPath, child, temp.path, String(dovecot.port)], {
        encoding: 'utf8',
      });
      try {
        assert.equal(run.stdout.trim(), '61', run.stderr);
        return readTrace(readFileSync(file, 'utf8'), temp.path);
      } finally {
        temp.remove();
      }
    }

    test('blobs, large blobs and rows are synced before', () => {
      const { deletes, written, unsynced } = trace({});
      assert.equal(deletes, 61);
      for (const name of ['storage.sqlite-wal', 'blobs.sqlite-wal', '/blobs/packs/', '/blobs/']) {
        assert.ok(
          [...written].some((path) => path.includes(name)),
          `${name} was not written`,
        );
      }
      assert.deepEqual([...unsynced], []);
    });

    test('the check turns red where syncs do nothing', (t) => {
      const library = globSync('/usr/lib/*/libeatmydata.so')[0];
      if (library === undefined || !existsSync(library))
        return t.skip('libeatmydata is not where it is looked for');
      const { deletes, unsynced } = trace({ LD_PRELOAD: library });
      assert.equal(deletes, 61);
      assert.ok([...unsynced].some((path) => path.endsWith('storage.sqlite-wal')));
      assert.ok([...unsynced].some((path) => path.includes('blobs')));
    });
  },
);
