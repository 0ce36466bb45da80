import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingMail } from '../../storage-server/mail/ingest/ingest.ts';
import { openTestStore, USER } from '../../test/storage-server/retrieval/store.ts';
import { makeMailCorpus } from './corpus.ts';

export { USER };
const BATCH = 200;

export interface Corpus {
  dir: string;
  messages: number;
  bytes: number;
}

/** The same messages in our store at `dir`/store and, for the peers, as a Maildir at `dir`/maildir. */
export async function fillBoth(dir: string, messages: number, seed: number): Promise<Corpus> {
  const home = join(dir, 'store');
  const maildir = join(dir, 'maildir');
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, folder), { recursive: true });
  mkdirSync(join(home, 'spool'), { recursive: true });
  const store = await openTestStore(home);
  let batch: IncomingMail[] = [];
  let bytes = 0;
  let number = 0;
  const put = async (): Promise<void> => {
    await store.mails.ingestMails(USER, batch);
    batch = [];
  };
  for (const source of makeMailCorpus(messages, seed)) {
    const file = openSync(join(maildir, 'cur', `${1_600_000_000 + number}.${number}.bench:2,S`), 'wx');
    writeSync(file, source);
    closeSync(file);
    bytes += source.length;
    number += 1;
    batch.push({
      account: 'acc_a',
      mailbox: 'mbx_inbox',
      source,
      received: Date.now(),
      flags: number % 9 === 0 ? [] : ['seen'],
      sendKey: null,
    });
    if (batch.length === BATCH) await put();
  }
  await put();
  await store.close();
  const corpus = { dir, messages, bytes };
  writeFileSync(join(dir, 'corpus.json'), JSON.stringify(corpus));
  return corpus;
}
