import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { LAUNCHER, ROOT, makeEnv } from '../harness/server-process.ts';
import { makeTempDir } from '../harness/tempdir.ts';

// Node has an option of this name too, and reads it wherever it stands unless `--` comes before.
const run = (program: string, args: string[]): { code: number | null; last: string } => {
  const env = makeEnv({ VALIJA_LANGUAGE: 'es' });
  const { status, stderr } = spawnSync(program, args, { cwd: ROOT, env, encoding: 'utf8' });
  return { code: status, last: stderr.trimEnd().split('\n').at(-1) ?? '' };
};
const WAYS: [name: string, program: string, before: string[]][] = [
  ['as an executable', LAUNCHER, []],
  ['by npm start', 'npm', ['start', '--silent', '--']],
];

for (const [name, program, before] of WAYS) {
  const start = program === LAUNCHER ? ['start'] : [];

  test(`${name}: a settings file that is missing is our own usage error`, () => {
    for (const option of [['--env-file', '/no/such'], ['--env-file=/no/such']]) {
      const refused = run(program, [...before, ...start, ...option]);
      assert.deepEqual(refused, { code: 2, last: 'valija: El archivo /no/such no existe. (usage)' });
    }
  });

  test(`${name}: a settings file is read by us alone`, (t) => {
    const dir = makeTempDir('env-file');
    t.after(dir.remove);
    const file = join(dir.path, 'settings');
    // Node would take NODE_OPTIONS from it, and fail.
    writeFileSync(file, 'NODE_OPTIONS=--no-such-option\nVALIJA_PORT_BASE=banana\n');
    const refused = run(program, [...before, ...start, '--env-file', file]);
    assert.equal(refused.code, 2);
    assert.match(refused.last, /0–65505|banana/);
  });
}
