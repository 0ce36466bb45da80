import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { formatLaunchHelp } from '../../launch/help.ts';
import { PART_NAMES, SETTING_FLAGS, readLaunchOptions } from '../../launch/options.ts';
import { MailError } from '../../common/errors.ts';
import { makeTempDir } from '../harness/tempdir.ts';

function refuses(args: string[], reason: string, env: NodeJS.ProcessEnv = {}): void {
  assert.throws(
    () => readLaunchOptions(args, env),
    (error) => error instanceof MailError && error.code === 'usage' && error.reason === reason,
    args.join(' '),
  );
}

test('start runs all parts, serve the one that is named', () => {
  const start = readLaunchOptions(['start', '--json'], {});
  assert.deepEqual([...start.parts], [...PART_NAMES]);
  assert.ok(start.together && start.json);
  assert.equal(start.portBase, 7300);
  const serve = readLaunchOptions(['serve', 'smtp-relay', '--enrol', 'C', '--port-base', '0'], {});
  assert.deepEqual([...serve.parts], ['smtp-relay']);
  assert.equal(serve.enrolCode, 'C');
  assert.equal(serve.portBase, 0);
});

test('what is typed wrong is refused', () => {
  refuses(['serve'], 'missing-argument');
  refuses(['serve', 'imap'], 'unknown-part');
  refuses(['serve', 'smtp-relay', 'storage-server'], 'too-many-arguments');
  refuses(['start', 'now'], 'too-many-arguments');
  refuses(['start', '--enrol', 'C'], 'unknown-option');
  refuses(['start', '--frob'], 'unknown-option');
  refuses(['start', '--data'], 'option-needs-value');
  refuses(['start', '--data', '--json'], 'option-needs-value');
  refuses(['start', '--behind-proxy=yes'], 'option-takes-no-value');
  refuses(['start', '--port-base', '70000'], 'bad-value');
  refuses(['start', '--env-file', '/nonexistent/file'], 'file-missing');
});

test('a flag comes before the environment, the environment before the file; empty is not set', (t) => {
  const dir = makeTempDir('options');
  t.after(dir.remove);
  const file = join(dir.path, 'settings');
  writeFileSync(file, 'VALIJA_HOST=file\nVALIJA_DNS="f:53"\nVALIJA_MX_PORT=25 # comment\nPATH=untouched\n');
  const env = { VALIJA_HOST: 'env', VALIJA_DNS: '', VALIJA_DATA: 'env-data' };
  const { read } = readLaunchOptions(
    ['start', '--env-file', file, '--data', 'flag-data', '--behind-proxy'],
    env,
  );
  assert.equal(read('DATA'), 'flag-data');
  assert.equal(read('HOST'), 'env');
  assert.equal(read('DNS'), 'f:53');
  assert.equal(read('MX_PORT'), '25');
  assert.equal(read('BEHIND_PROXY'), 'true');
  assert.equal(read('PUBLIC_URL'), undefined);
  writeFileSync(file, 'VALIJA_HOTS=typo\n');
  refuses(['start', '--env-file', file], 'unknown-setting');
});

test('every setting that the servers read is a flag, is explained in both languages and stands in .env.example', () => {
  const root = join(import.meta.dirname, '..', '..');
  const source = readFileSync(join(root, 'server-kit', 'settings.ts'), 'utf8');
  const names = [...source.matchAll(/(?:read|address)\('([A-Z_]+)'/g)].map((match) => match[1] ?? '');
  assert.ok(names.length >= 15, 'the pattern still finds the settings');
  const flags: string[] = [...SETTING_FLAGS];
  const example = readFileSync(join(root, '.env.example'), 'utf8');
  for (const name of new Set([...names, 'PORT_BASE'])) {
    const flag = name.toLowerCase().replaceAll('_', '-');
    assert.ok(flags.includes(flag), `--${flag}`);
    assert.match(example, new RegExp(`^#VALIJA_${name}=`, 'm'));
    for (const language of ['en', 'es'] as const) {
      assert.match(formatLaunchHelp('start', language), new RegExp(`--${flag} .*\\w`), `${flag} ${language}`);
    }
  }
  assert.match(formatLaunchHelp('serve', 'en'), /--enrol/);
  assert.doesNotMatch(formatLaunchHelp('start', 'en'), /--enrol/);
});
