import { statfs } from 'node:fs/promises';
import type { PartFacts } from '../common/shapes/facts.ts';
import { SECOND } from '../common/time.ts';
import type { Logger } from './log.ts';
import { repeat, sleep } from './repeat.ts';

const EVERY = 30 * SECOND;

/** Bytes free for this process and in all on the file system of a folder; null where nobody can tell. */
export async function readDisk(folder: string): Promise<PartFacts['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null;
  }
}

export interface FactsReporter {
  dataDir: string;
  log: Logger;
  /** All but the disk. */
  read(): Promise<Omit<PartFacts, 'disk'>>;
  report(facts: PartFacts): Promise<void>;
}

/** Says every 30 s how this part is; a call that fails is made again next time. The returned function ends it. */
export function startReportingFacts(reporter: FactsReporter): () => Promise<void> {
  const { dataDir, log } = reporter;
  const stopping = new AbortController();
  const { signal } = stopping;
  const reporting = repeat(signal, { log, event: 'facts.not-reported', pause: () => EVERY }, async () => {
    await reporter.report({ disk: await readDisk(dataDir), ...(await reporter.read()) });
    await sleep(EVERY, signal);
  });
  return async () => {
    stopping.abort();
    await reporting;
  };
}
