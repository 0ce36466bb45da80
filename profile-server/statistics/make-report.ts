import { Worker } from 'node:worker_threads';
import type { UserUse } from './tabulate.ts';

/**
 * The report of a month, packed. In a thread that ends with it: to hide what could be computed takes seconds where there are
 * hundreds of groups, in which nobody else would be served. `least`: users that have to stand behind a number.
 */
export async function makeReport(users: readonly UserUse[], least: number): Promise<string> {
  const worker = new Worker(new URL('./make-report-thread.ts', import.meta.url), {
    workerData: { users, least },
  });
  return await new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`no report was made: ${code}`)));
  });
}
