import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import type { Limits } from '../../../storage-server/pop3/limits.ts';
import { nameLedger } from '../../../storage-server/retrieval/ledger/ledger-key.ts';
import {
  MaildropRetrieval,
  type MaildropResult,
} from '../../../storage-server/retrieval/retrieve-maildrop.ts';
import { openTestSession } from '../pop3/connect.ts';
import { USER, type TestStore } from './store.ts';

export interface Poll {
  port: number;
  dir: string;
  keep?: string;
  account?: string;
  user?: string;
  limits?: Partial<Limits>;
  apart?: boolean;
  listsAtMost?: number | null;
  /** Whose maildrop it is, where an account moves; default: one of its own for each user name and account. */
  host?: string;
  onProgress?: (done: number, total: number) => void;
  /** Ends the session at once. */
  signal?: AbortSignal;
  /** The user of ours. */
  owner?: string;
}

/** One session on a maildrop into the store, as a run does it. */
export async function pollOnce(store: TestStore, poll: Poll): Promise<MaildropResult> {
  const { port, dir, keep = 'always', account = 'acc_a', user = 'alice', limits = {} } = poll;
  const {
    apart = false,
    listsAtMost = null,
    onProgress = () => undefined,
    host = 'localhost',
    owner = USER,
  } = poll;
  const spoolDir = join(dir, 'spool');
  mkdirSync(spoolDir, { recursive: true });
  const { signal } = poll;
  const session = await openTestSession({
    port,
    spoolDir,
    settings: { user },
    limits,
    ...(signal === undefined ? {} : { signal }),
  });
  const maildrop = nameLedger(owner, { host, port: 110, user: `${user} of ${account}` });
  const to = { user: owner, account, maildrop, mailbox: 'mbx_inbox', received: store.clock.now(), apart };
  const job = { session, to, keep, listsAtMost, onProgress };
  return await new MaildropRetrieval(store, job).run();
}
