import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTempDir } from '../../harness/tempdir.ts';
import type { BombReport } from './bombs-child.ts';
import { makeBombs } from './bombs.ts';

/** Two seconds are promised; a loaded machine may take longer, one that hangs must not. */
const HANGS = 10;
const MEMORY = 256;

test('whatever is sent is stored exactly, listed and opened, at a price', async (t) => {
  const directory = makeTempDir('bombs');
  t.after(directory.remove);
  const script = join(import.meta.dirname, 'bombs-child.ts');
  const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY}`, script, directory.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const reports = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as BombReport);
  const names: string[] = [];
  for (const [name] of makeBombs()) names.push(name);
  assert.deepEqual(
    reports.map(({ name }) => name),
    names,
    `it ended with ${String(code)}`,
  );
  for (const { name, exact, listed, stored, shown, part, memory } of reports) {
    await t.test(name, () => {
      assert.ok(exact, 'bytes');
      assert.ok(listed, 'listed');
      assert.ok(Math.max(stored, shown, part) < HANGS, `${stored} ${shown} ${part} s`);
      assert.ok(memory < MEMORY, `${memory} MiB`);
    });
  }
  const problems = new Map(reports.map(({ name, problem }) => [name, problem]));
  assert.equal(problems.get('10,000 nested multiparts'), 'depth-limit');
  assert.equal(problems.get('1,000,000 parts'), 'part-limit');
  assert.equal(problems.get('100,000 headers'), 'header-limit');
  assert.equal(problems.get('100,000 addresses'), 'header-limit');
  assert.equal(problems.get('each header twice'), 'header-twice');
});
