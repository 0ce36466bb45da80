import { chmodSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startChildServer, type ChildServer } from '../harness/child-server.ts';
import { findFreePort } from '../harness/ports.ts';
import { makeTempDir } from '../harness/tempdir.ts';

/** Marks the last line of each mail of the trial, behind which its key stands: only what has it arrived whole. */
export const LAST_LINE = 'the last line of';

/** Postfix's smtp-sink, which keeps mails as files; each is looked at once. */
export class KillSink {
  readonly #temp = makeTempDir('relay-kill');
  #server: ChildServer | null = null;
  port = 0;

  async start(): Promise<void> {
    // smtp-sink refuses to work as root.
    chmodSync(this.#temp.path, 0o777);
    const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
    this.port = await findFreePort();
    const where = ['-d', join(this.#temp.path, '%M.'), `127.0.0.1:${this.port}`, '128'];
    this.#server = await startChildServer('/usr/sbin/smtp-sink', [...asNobody, ...where], this.port);
  }

  /** Keys of the mails that arrived whole since the last call. To be called when nobody is sending. */
  takeKeys(): string[] {
    return readdirSync(this.#temp.path).flatMap((name) => {
      const file = join(this.#temp.path, name);
      const text = readFileSync(file, 'latin1');
      rmSync(file);
      const key = new RegExp(`^${LAST_LINE} (\\S+)\\n$`, 'm').exec(text.slice(-200))?.[1];
      return key === undefined ? [] : [key];
    });
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#temp.remove();
  }
}
