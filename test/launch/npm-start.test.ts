import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { readyLine } from '../command/contract.ts';
import { ROOT, makeEnv } from '../harness/server-process.ts';
import { makeTempDir } from '../harness/tempdir.ts';

interface Started {
  child: ChildProcess;
  ready: ReturnType<typeof readyLine.parse>;
  stdout(): string;
  exit: Promise<number | string | null>;
  /** When everybody who had stdout is gone: the servers too. */
  closed: Promise<void>;
}

/** As a user does it: npm, a shell, the launcher, the servers. */
async function start(program: string, args: string[]): Promise<Started> {
  const child = spawn(program, args, { cwd: ROOT, env: makeEnv(), stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const exit = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, by) => resolve(code ?? by)),
  );
  const closed = new Promise<void>((resolve) => child.stdout.once('close', resolve));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text);
    });
    void exit.then((code) => reject(new Error(`ended with ${code}`)));
  });
  return { child, ready: readyLine.parse(JSON.parse(line)), stdout: () => text, exit, closed };
}

test('npm start prints the ready line and nothing else; SIGTERM to npm ends all before npm ends', async (t) => {
  const dir = makeTempDir('npm');
  t.after(dir.remove);
  const options = ['--json', '--port-base', '0', '--data', join(dir.path, 'data'), '--log-level', 'error'];
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const started = await start('npm', ['start', '--', ...options]);
    assert.equal((await fetch(`${started.ready.profile}/health`)).status, 200);
    started.child.kill(signal);
    assert.equal(await started.exit, 0);
    await started.closed;
    assert.equal(started.stdout(), `${JSON.stringify(started.ready)}\n`);
    await assert.rejects(fetch(`${started.ready.profile}/health`));
  }
});

test('npm and npx that are killed leave no servers behind', async (t) => {
  const dir = makeTempDir('npm');
  t.after(dir.remove);
  const options = ['--json', '--port-base', '0', '--data', join(dir.path, 'data'), '--log-level', 'error'];
  for (const args of [
    ['npm', 'start', '--', ...options],
    ['npx', 'valija', 'start', ...options],
  ]) {
    const [program = '', ...rest] = args;
    const started = await start(program, rest);
    started.child.kill('SIGKILL');
    await started.closed;
    await assert.rejects(fetch(`${started.ready.profile}/health`));
  }
});

test(
  'npm start stays when the shell that started it ends, as after nohup',
  { skip: process.platform === 'win32' },
  async (t) => {
    const dir = makeTempDir('npm');
    t.after(dir.remove);
    const options = `--json --port-base 0 --data ${join(dir.path, 'data')} --log-level error`;
    // The shell ends once its line is read: `cat` waits for the end of stdin.
    const shell = spawn('sh', ['-c', `npm start -- ${options} 2>/dev/null & echo $!; cat`], {
      cwd: ROOT,
      env: makeEnv(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
    const npm = Number((await lines.next()).value);
    t.after(() => endQuietly(npm));
    const ready = readyLine.parse(JSON.parse(String((await lines.next()).value)));
    const ended = once(shell, 'exit');
    shell.stdin.end();
    await ended;
    // Four times as often as ancestors are looked at.
    await delay(1000);
    assert.equal((await fetch(`${ready.profile}/health`)).status, 200);
    const closed = once(shell.stdout, 'close');
    process.kill(npm, 'SIGTERM');
    await closed;
    await assert.rejects(fetch(`${ready.profile}/health`));
  },
);

function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it should.
  }
}
