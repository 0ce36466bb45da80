import { join, resolve } from 'node:path';
import type { Call } from '../command/call.ts';
import { makeLogger } from '../server-kit/log.ts';
import { readDatabase } from '../server-kit/settings.ts';
import type { OnProgress, StorePlace } from '../storage-server/operate.ts';
import { openPartDir, type DataDir } from './data-dir.ts';
import { describeStep } from './keeping-words.ts';
import { makeSource } from './options.ts';

/** Where the store of `--data` is, by the same settings that `serve` goes by. */
export function readStorePlace({ typed, env }: Call): StorePlace {
  const read = makeSource((name) => typed.text(name), env);
  return {
    dataDir: join(resolve(read('DATA') ?? './data'), 'storage-server'),
    database: readDatabase(read('DATABASE') ?? 'sqlite'),
    log: makeLogger((line) => process.stderr.write(`${line}\n`), 'warn', Date.now),
  };
}

/** The store for this process alone; MailError `unavailable` reason `data-in-use` while a server has it. */
export function lockStore({ dataDir }: StorePlace): DataDir {
  return openPartDir(resolve(dataDir, '..'), 'storage-server');
}

const EVERY_MS = 1000;

/** Says once a second on stderr what is being done, where it takes longer than that. */
export function showProgress(call: Call): OnProgress {
  let last = Date.now();
  return (step, done, total) => {
    if (Date.now() - last < EVERY_MS) return;
    last = Date.now();
    call.note(describeStep(step, { done, total }, call.language()));
  };
}
