import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError, toWireError } from '../common/errors.ts';
import type { Logger } from './log.ts';

/** What operators ask of a running server through its data directory: whoever may write there may do anything anyway. */
const LOOK_EVERY = 1000;

/**
 * Does each `NAME.job` (JSON) that appears in the folder, and answers in `NAME.done`. A job that was begun when the
 * server died is done again: it must be such that this harms nothing. Returns how to end it.
 */
export function takeOperatorJobs(
  folder: string,
  log: Logger,
  work: (job: unknown, folder: string) => Promise<unknown>,
): () => Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const left = readdirSync(folder);
  // Whoever laid them there is gone: nobody waits for their answers any more.
  if (!left.some((name) => name.endsWith('.job')))
    for (const name of left) rmSync(join(folder, name), { force: true });
  let ended = false;
  let running: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.job'));
    for (const name of names.toSorted()) {
      if (ended) return;
      const path = join(folder, name);
      const answer = await doJob(path, folder, work, log);
      const done = path.replace(/\.job$/, '.done');
      await writeFile(`${done}.part`, JSON.stringify(answer), { mode: 0o600 });
      await rename(`${done}.part`, done);
      await rm(path, { force: true });
    }
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = look()
      .catch((error: unknown) => log.warn('operator-job.failed', { error }))
      .finally(() => (busy = false));
  }, LOOK_EVERY);
  timer.unref();
  return async () => {
    ended = true;
    clearInterval(timer);
    await running;
  };
}

async function doJob(
  path: string,
  folder: string,
  work: (job: unknown, folder: string) => Promise<unknown>,
  log: Logger,
): Promise<unknown> {
  try {
    return { value: await work(JSON.parse(await readFile(path, 'utf8')), folder) };
  } catch (error) {
    log.warn('operator-job.refused', { error });
    const known =
      error instanceof MailError ? error : new MailError('internal', 'unexpected', { cause: error });
    return { error: toWireError(known) };
  }
}
