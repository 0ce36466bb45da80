import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isThere } from '../server-kit/is-there.ts';
import { fromWireError, MailError } from '../common/errors.ts';
import { openPartDir } from './data-dir.ts';
import type { PartName } from './options.ts';

/** A running server whose data directory this is, and the folder in which it looks for jobs. */
export interface JobPlace {
  dir: string;
  part: PartName;
  folder: string;
  /** Reason of the MailError `unavailable` where it does not run. */
  reason: string;
}

/** A server holds the lock of its directory. MailError `unavailable` with the reason of the place. */
export function demandRunning({ dir, part, reason }: JobPlace): void {
  const refusal = new MailError('unavailable', `${part} does not run here`, {
    reason,
    params: { part, dir },
  });
  if (!isThere(join(dir, part, 'running.lock'))) throw refusal;
  let lock: ReturnType<typeof openPartDir>;
  try {
    lock = openPartDir(dir, part, 0);
  } catch (error) {
    if (error instanceof MailError && error.reason === 'data-in-use') return;
    throw error;
  }
  lock.release();
  throw refusal;
}

const LOOK_EVERY = 200;

/** Lays a job into a server's directory and waits for its answer. MailError as the server says. */
export async function askServer(place: JobPlace, job: object): Promise<unknown> {
  const { dir, part, folder } = place;
  const path = join(dir, part, folder, `${randomUUID()}.job`);
  await writeFile(`${path}.part`, JSON.stringify(job), { mode: 0o600 });
  await rename(`${path}.part`, path);
  const done = path.replace(/\.job$/, '.done');
  while (!isThere(done)) {
    await sleep(LOOK_EVERY);
    if (!isThere(done)) demandRunning(place);
  }
  const answer = JSON.parse(await readFile(done, 'utf8')) as { value?: unknown; error?: unknown };
  await rm(done, { force: true });
  const error = fromWireError(answer.error);
  if (error !== null) throw error;
  return answer.value;
}
