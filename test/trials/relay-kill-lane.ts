import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { sendMail, startRelayWorld, type RelayWorld } from '../harness/relay.ts';
import type { CrashPoint } from './kill-rig.ts';
import { KillSink, LAST_LINE } from './relay-kill-sink.ts';

const FROM = 'alice@own.test';
const SESSIONS = 4;
/** Mails of one session in one life of the relay. */
const MAILS = 8;
const SCRIPT = join(import.meta.dirname, 'relay-kill-child.ts');

interface Life {
  partId: string;
  kill(): Promise<void>;
  died: Promise<void>;
}

/** What became of one mail so far. */
interface Fate {
  answered: boolean;
  copies: number;
  /** Kills at which it was at the sink and the queue did not know it yet. */
  surprised: number;
}

/** One relay that is killed again and again while others submit; smtp-sink counts what arrives. */
export class RelayKillLane {
  readonly #sink = new KillSink();
  readonly #fates = new Map<string, Fate>();
  #world: RelayWorld | null = null;
  #rounds = 0;
  /** Copies that came beside the first. */
  doubled = 0;

  async open(): Promise<void> {
    await this.#sink.start();
    this.#world = await startRelayWorld({ RELAY_SMARTHOST: `smtp://127.0.0.1:${this.#sink.port}` });
    const life = await this.#start(null);
    await this.#world.addAccount(FROM);
    await life.kill();
  }

  /** A life of the relay that ends at the point, or `after` ms after the first mail began; then what arrived is counted. */
  async kill(how: { point: CrashPoint } | { after: number }): Promise<void> {
    this.#rounds += 1;
    const life = await this.#start('point' in how ? how.point : null);
    const keys = Array.from({ length: SESSIONS * MAILS }, (_, n) => `r${this.#rounds}-${n}`);
    // What nobody answered is submitted again under the same key, as a home does.
    keys.push(...[...this.#fates].filter(([, fate]) => !fate.answered).map(([key]) => key));
    const submitting = this.#submit(life, keys);
    if ('after' in how) await Promise.race([delay(how.after), life.died]);
    else {
      await submitting;
      // Behind the last 250 it still delivers.
      await Promise.race([life.died, delay(5000)]);
    }
    await life.kill();
    await submitting;
    // smtp-sink may still be writing down what it got last.
    await delay(30);
    this.#count();
  }

  /** The last life ends when all that was answered is delivered. Returns how many mails there were. */
  async finish(): Promise<number> {
    const life = await this.#start(null);
    const open = [...this.#fates].filter(([, fate]) => !fate.answered).map(([key]) => key);
    await this.#submit(life, open);
    const lost = (): string[] =>
      [...this.#fates].filter(([, { copies }]) => copies === 0).map(([key]) => key);
    for (let tries = 0; tries < 400 && this.#countWaiting() > 0; tries++) await delay(50);
    await life.kill();
    await delay(30);
    this.#count();
    assert.deepEqual(lost(), [], 'lost');
    return this.#fates.size;
  }

  async close(): Promise<void> {
    await this.#world?.stop();
    await this.#sink.stop();
  }

  async #start(point: CrashPoint | null): Promise<Life> {
    for (let tries = 0; ; tries++) {
      const life = await this.#tryStart(point);
      if (life !== null) return life;
      // Between two lives somebody else on this machine may have taken its port for a moment.
      assert.ok(tries < 20, 'the relay does not start');
      await delay(500);
    }
  }

  async #tryStart(point: CrashPoint | null): Promise<Life | null> {
    const given = await this.#world!.relayOptions();
    const { settings, dataDir, port, profileUrl, enrolCode } = given;
    const options = JSON.stringify({ settings, dataDir, port, profileUrl, enrolCode });
    const child = spawn(process.execPath, [SCRIPT, point?.name ?? '-', `${point?.nth ?? 0}`, options], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(this.#world!.dataDir, 'compiled') },
    });
    const died = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const line = new Promise<string>((resolve) =>
      createInterface({ input: child.stdout }).once('line', resolve),
    );
    const ready = await Promise.race([line, died.then(() => '')]);
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await died;
    };
    // What it had left over from its last life may be enough for the point to be passed before it says that it is there.
    if (ready === '' && output.includes('EADDRINUSE')) return null;
    assert.ok(ready !== '' || child.signalCode === 'SIGKILL', output);
    if (ready === '') return { partId: '', kill, died };
    return { partId: (JSON.parse(ready) as { partId: string }).partId, kill, died };
  }

  /** Several sessions share the keys, until all are answered or the relay is gone. */
  async #submit(life: Life, keys: string[]): Promise<void> {
    for (const key of keys) {
      if (!this.#fates.has(key)) this.#fates.set(key, { answered: false, copies: 0, surprised: 0 });
    }
    if (life.partId === '') return;
    const { submission } = this.#world!.settings.ports;
    const address = { partId: life.partId, submission: { port: submission } };
    const session = async (): Promise<void> => {
      const dialog = await this.#world!.signIn(address);
      for (let key = keys.shift(); key !== undefined; key = keys.shift()) {
        const message = `From: ${FROM}\r\nSubject: ${key}\r\n\r\nLine\r\n${LAST_LINE} ${key}\r\n`;
        const reply = await sendMail(dialog, { from: FROM, to: ['bob@x.test'], key, message });
        assert.match(reply, /^250/);
        this.#fates.get(key)!.answered = true;
      }
      dialog.close();
    };
    await Promise.allSettled(Array.from({ length: SESSIONS }, session));
  }

  /** With the relay dead: what arrived since, how often, and what of it the queue does not know. */
  #count(): void {
    const settled = this.#listSettled();
    const arrived = this.#sink.takeKeys();
    for (const key of arrived) {
      const fate = this.#fates.get(key);
      assert.ok(fate, `a mail that nobody sent: ${key}`);
      fate.copies += 1;
      if (fate.copies > 1) this.doubled += 1;
      assert.ok(
        fate.copies <= 1 + fate.surprised,
        `${key} came ${fate.copies} times, after ${fate.surprised} kills around its final dot`,
      );
    }
    for (const key of new Set(arrived)) if (!settled.has(key)) this.#fates.get(key)!.surprised += 1;
    for (const [key, { copies }] of this.#fates) {
      assert.ok(copies > 0 || !settled.has(key), `${key} counts as delivered and never came`);
    }
  }

  #listSettled(): Set<string> {
    const rows = this.#read<{ send_key: string }>(
      "SELECT m.send_key FROM mail m JOIN recipient r ON r.mail = m.id WHERE r.state = 'accepted'",
    );
    return new Set(rows.map((row) => row.send_key));
  }

  #countWaiting(): number {
    return this.#read('SELECT 1 FROM recipient WHERE next_try IS NOT NULL').length;
  }

  #read<T>(query: string): T[] {
    const database = new Sqlite(join(this.#world!.dataDir, 'smtp-relay', 'queue.sqlite'));
    try {
      return database.prepare(query).all() as T[];
    } finally {
      database.close();
    }
  }
}
