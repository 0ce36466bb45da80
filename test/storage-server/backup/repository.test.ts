import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildArchive } from '../../../storage-server/backup/build-archive.ts';
import { Repository } from '../../../storage-server/backup/repository.ts';
import { verifyRepository } from '../../../storage-server/backup/verify-repository.ts';
import { makeSpoolPlace } from '../../../storage-server/transfer/message-spool.ts';
import { readImport } from '../../../storage-server/transfer/read-import.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const MAILS = 3000;
const SNAPSHOT = 'snapshots/user_a/1000';
/** A profile with many contacts stands in one line. */
const PROFILE = 'x'.repeat(3 << 20);

describe('a repository', () => {
  const directory = makeTempDir('repository');
  const whole = join(directory.path, 'whole');
  before(async () => {
    const repository = await Repository.open(whole, null, 'write');
    await repository.put('header', inPieces('Subject: x\r\n\r\n'));
    await repository.put('body', inPieces('Hello'));
    await repository.addSnapshot({ user: 'user_a', name: 'ana', at: 1000 }, listLines());
    repository.close();
  });
  after(() => directory.remove());

  const open = async (name: string, harm: (path: string) => void): Promise<Repository> => {
    const path = join(directory.path, name);
    cpSync(whole, path, { recursive: true });
    harm(path);
    return await Repository.open(path, null, 'read');
  };

  test('gives back every line, however long', async () => {
    const repository = await open('same', () => undefined);
    const [snapshot] = repository.index.listSnapshots();
    const lines = [...repository.readSnapshot(snapshot!)];
    assert.equal(lines.length, 1 + MAILS);
    assert.equal((JSON.parse(lines[0]!) as { profile: string }).profile, PROFILE);
    const { damaged, missing } = verifyRepository(repository);
    assert.deepEqual([damaged, missing], [[], []]);
    repository.close();
  });

  test('goes on where a disk that was full has room again: what stands in it is in its place', async (t) => {
    if (process.getuid?.() !== 0) {
      t.skip('missing: root, to mount a small disk');
      return;
    }
    const disk = join(directory.path, 'small');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
    t.after(() => void execFileSync('umount', ['-l', disk]));
    const repository = await Repository.open(disk, null, 'write');
    const filler = join(disk, 'filler');
    const left = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(left.bavail * left.bsize - 300_000));
    const content = randomBytes(600_000).toString('latin1');
    await assert.rejects(repository.put('body', inPieces(content)), { code: 'ENOSPC' });
    rmSync(filler);
    await repository.put('body', inPieces(content));
    repository.settle();
    assert.equal(repository.isWhole('body'), true);
    repository.close();
  });

  const cuts: [string, (bytes: Buffer) => number][] = [
    ['to nothing', () => 0],
    ['within the first length', () => 2],
    ['behind its first frame', (bytes) => 4 + bytes.readUInt32BE()],
    ['within a frame', (bytes) => bytes.length - 1],
  ];
  for (const [name, choose] of cuts) {
    test(`whose snapshot is cut off ${name} is not called whole`, async () => {
      const repository = await open(name, (path) => {
        const file = join(path, SNAPSHOT);
        truncateSync(file, choose(readFileSync(file)));
      });
      assert.equal(verifyRepository(repository).damaged.length, 1);
      const [snapshot] = repository.index.listSnapshots();
      assert.throws(() => [...repository.readSnapshot(snapshot!)], { reason: 'backup-damaged' });
      repository.close();
    });
  }

  test('of which some bytes are damaged gives back all other mails', async () => {
    const path = join(directory.path, 'mails');
    const repository = await Repository.open(path, null, 'write');
    const bodies = ['one', randomBytes(1 << 20).toString('latin1'), 'three'];
    const noted = bodies.map((body, index) => ({ header: `h${index}`, body: `b${index}`, text: body }));
    for (const { header, body, text } of noted) {
      await repository.put(header, inPieces(`Subject: ${header}\r\n\r\n`));
      await repository.put(body, inPieces(text));
    }
    const snapshot = await repository.addSnapshot({ user: 'u', name: 'u', at: 1000 }, listMails(noted));
    const [first = ''] = readdirSync(join(path, 'packs'));
    const pack = join(path, 'packs', first);
    const bytes = readFileSync(pack);
    // In the middle of the large one.
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(pack, bytes);
    const place = await makeSpoolPlace(directory.path);
    const found: string[] = [];
    const setting = { place, name: 'archive', now: 2000 };
    for await (const one of readImport(buildArchive(repository, snapshot), setting)) {
      if ('skipped' in one) found.push(`${one.skipped.source} ${one.skipped.reason}`);
      else if ('source' in one) found.push((one.source as Buffer).toString('latin1'));
    }
    repository.close();
    assert.deepEqual(found, [
      'Subject: h0\r\n\r\none',
      'mails/0000002.eml archive-damaged',
      'Subject: h2\r\n\r\nthree',
    ]);
  });

  test('without its index is refused: an empty one would say that all is well', async () => {
    const opened = open('no index', (path) => rmSync(join(path, 'index.sqlite')));
    await assert.rejects(opened, { code: 'internal', reason: 'backup-damaged' });
  });
});

async function* listLines(): AsyncGenerator<{ line: string; bytes: number | null }, void, undefined> {
  yield { line: JSON.stringify({ user: 'user_a', profile: PROFILE }), bytes: null };
  const files = [{ kind: 'original', header: 'header', body: 'body', size: 19, account: null }];
  for (let id = 0; id < MAILS; id += 1) {
    // The last one fills its frame.
    const subject = 'padding '.repeat(id === MAILS - 1 ? 50_000 : 30);
    const facts = { id: `mail_${id}`, subject };
    yield { line: JSON.stringify({ mail: { facts, files } }), bytes: 19 };
  }
}

async function* listMails(
  mails: readonly { header: string; body: string; text: string }[],
): AsyncGenerator<{ line: string; bytes: number | null }, void, undefined> {
  yield { line: JSON.stringify({ user: 'u', accounts: [], profile: {} }), bytes: null };
  for (const { header, body, text } of mails) {
    const at = new Date(1000).toISOString();
    const size = 15 + text.length;
    const mail = {
      facts: {
        id: header,
        mailbox: 'Inbox',
        role: 'inbox',
        flags: [],
        labels: [],
        date: at,
        received: at,
        thread: header,
        accounts: [],
        sent: null,
        uidls: [],
      },
      draft: null,
      subject: header,
      files: [{ kind: 'original', header, body, size, account: null }],
    };
    yield { line: JSON.stringify({ mail }), bytes: size };
  }
}

async function* inPieces(text: string): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(text, 'latin1');
}
