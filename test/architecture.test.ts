import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { makeTempDir } from './harness/tempdir.ts';

const root = join(import.meta.dirname, '..');
const sources = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.css'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');

/** Each line breaks one rule of ARCHITECTURE.md: where the file stands, and what it must not import. */
const BAD: [file: string, line: string][] = [
  ['common/a.ts', "import '../server-kit/log.ts';"],
  ['common/b.ts', "import 'node:fs';"],
  ['common/c.ts', "import 'jose';"],
  ['server-kit/a.ts', "import '../profile-server/server.ts';"],
  ['profile-server/a.ts', "import type { StorageRouter } from '../storage-server/router.ts';"],
  ['profile-server/b.ts', "import '../smtp-relay/server.ts';"],
  ['profile-server/session/c.ts', "import '../../storage-server/server.ts';"],
  ['smtp-relay/a.ts', "import { router } from '../profile-server/router.ts';"],
  ['smtp-relay/b.ts', "import type { X } from '../profile-server/session/session-store.ts';"],
  ['smtp-relay/c.ts', "import type { StorageRouter } from '../storage-server/router.ts';"],
  ['storage-server/a.ts', "import { router } from '../smtp-relay/router.ts';"],
  ['storage-server/b.ts', "import type { X } from '../smtp-relay/queue/queue-store.ts';"],
  ['storage-server/c.ts', "import '../launch/main.ts';"],
  ['storage-server/e.ts', "import type { X } from '../smtp-relay/route/route-api.ts';"],
  ['launch/c.ts', "import '../profile-server/session/session-api.ts';"],
  ['desktop/renderer/a.ts', "import { router } from '../../profile-server/router.ts';"],
  ['desktop/renderer/b.ts', "import '../main/main.ts';"],
  ['desktop/renderer/c.ts', "import 'node:fs';"],
  ['desktop/renderer/d.ts', "import 'electron';"],
  ['desktop/renderer/e.ts', "import '../../server-kit/log.ts';"],
  ['desktop/main/a.ts', "import '../renderer/app.tsx';"],
  ['desktop/main/b.ts', "import type { ProfileRouter } from '../../profile-server/router.ts';"],
  ['desktop/preload/a.ts', "import '../../server-kit/log.ts';"],
  ['command/a.ts', "import { router } from '../storage-server/router.ts';"],
  ['command/b.ts', "import '../server-kit/settings.ts';"],
  ['launch/a.ts', "import '../storage-server/mail/ingest/ingest.ts';"],
  ['launch/b.ts', "import '../desktop/main/main.ts';"],
  ['launch/d.ts', "import '../storage-server/keeping/verify-store.ts';"],
  ['launch/e.ts', "import type { X } from '../smtp-relay/queue/operate.ts';"],
  ['storage-server/d.ts', "import '../test/harness/ports.ts';"],
];
/** The same doors used as they are meant to be. */
const GOOD: [file: string, line: string][] = [
  ['common/good.ts', "import './time.ts';"],
  ['smtp-relay/good.ts', "import type { ProfileRouter } from '../profile-server/router.ts';"],
  ['storage-server/good.ts', "import type { RelayRouter } from '../smtp-relay/router.ts';"],
  ['desktop/renderer/good.ts', "import type { StorageRouter } from '../../storage-server/router.ts';"],
  ['command/good.ts', "import type { ProfileRouter } from '../profile-server/router.ts';"],
  ['launch/good.ts', "import { startStorageServer } from '../storage-server/server.ts';"],
  ['launch/good-too.ts', "import { verifyStore } from '../storage-server/operate.ts';"],
];

const tree = makeTempDir('architecture');
after(tree.remove);
copyFileSync(join(root, '.oxlintrc.json'), join(tree.path, '.oxlintrc.json'));
symlinkSync(join(root, 'node_modules'), join(tree.path, 'node_modules'));
for (const [file, line] of [...BAD, ...GOOD]) {
  mkdirSync(join(tree.path, dirname(file)), { recursive: true });
  writeFileSync(join(tree.path, file), `${line}\n`);
}
const lint = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json', '.'], {
  cwd: tree.path,
  encoding: 'utf8',
});
const report = JSON.parse(lint.stdout) as {
  diagnostics: { code: string; filename: string; help?: string }[];
};
const refused = report.diagnostics.filter((entry) => entry.code.includes('no-restricted-imports'));

for (const [file, line] of BAD) {
  test(`import rule: ${file} may not say ${line}`, () => {
    const found = refused.find((entry) => entry.filename.endsWith(file));
    assert(found, 'the lint rules let it pass');
    assert.match(
      JSON.stringify(found),
      /ARCHITECTURE\.md/,
      'the message names the document that explains it',
    );
  });
}
for (const [file, line] of GOOD) {
  test(`import rule: ${file} may say ${line}`, () => {
    assert.equal(
      refused.find((entry) => entry.filename.endsWith(file)),
      undefined,
    );
  });
}

const lengthOf = (file: string) => readFileSync(join(root, file), 'utf8').split('\n').length - 1;

test('files are small: median under 80 lines, nine of ten under 200, none over 300', () => {
  const lengths = sources.map((file) => ({ file, lines: lengthOf(file) })).sort((a, b) => a.lines - b.lines);
  assert.deepEqual(
    lengths.filter((entry) => entry.lines > 300),
    [],
  );
  assert(lengths[Math.floor(lengths.length / 2)]!.lines < 80, 'median');
  assert(lengths[Math.floor(lengths.length * 0.9)]!.lines < 200, '90th percentile');
});

test('no file has a name that says nothing', () => {
  const empty = sources.filter((file) =>
    /^(utils?|helpers?|managers?|misc|index)\.tsx?$/.test(basename(file)),
  );
  assert.deepEqual(empty, []);
});

test('only stores and the database layer hold SQL', () => {
  const statement = /['"`]\s*(SELECT\s.+\sFROM\s|INSERT (IGNORE )?INTO|UPDATE \w+ SET|DELETE FROM)/;
  const holders = sources
    .filter((file) => /^(profile-server|smtp-relay|storage-server)\//.test(file))
    .filter((file) => !file.endsWith('-store.ts') && !/^[\w-]+\/(\w+\/)?migrations/.test(file))
    .filter((file) => statement.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(holders, []);
});

test('only the launcher and the command line read the environment', () => {
  const readers = sources
    .filter((file) =>
      /^(common|server-kit|profile-server|smtp-relay|storage-server|desktop\/renderer)\//.test(file),
    )
    .filter((file) => /process\.env/.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(readers, []);
});

test('nothing that is committed names a path of a machine', () => {
  const listed = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  const texts = listed.filter((file) => /\.(ts|tsx|mjs|md|json|css|html|example)$|\.ci\/run$/.test(file));
  const bad = texts
    .filter((file) => file !== 'test/architecture.test.ts' && file !== 'package-lock.json')
    .filter((file) =>
      /(^|[\s'"`(=:])\/(work|root|home)\/\w|\.library/.test(readFileSync(join(root, file), 'utf8')),
    );
  assert.deepEqual(bad, []);
});
