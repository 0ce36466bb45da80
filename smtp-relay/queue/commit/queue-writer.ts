import type { NewMail } from '../queued-mail.ts';
import type { Change, Claim, CommitChanges, Enqueued, Settlement } from './change.ts';
import { makeGroupCommit } from './group-commit.ts';

/** Of one transaction. */
const MOST_CHANGES = 200;
const MOST_BYTES = 64 * 1024 * 1024;
/** What is done is written with the next mail that comes, if one comes so soon: that one then waits for one sync, not two. */
const SETTLE_WITHIN_MS = 2;

/** Those who come together share one transaction, new mails and settlements alike. */
export interface QueueWriter {
  /** Resolves when the mail is committed and synced. */
  enqueue(mail: NewMail, claim: Claim | null): Promise<Enqueued>;
  settle(settlement: Settlement): Promise<void>;
}

export function makeQueueWriter(commit: CommitChanges): QueueWriter {
  const write = makeGroupCommit<Change, Enqueued | null>({
    commit,
    sizeOf: (change) => (change.kind === 'mail' ? change.mail.body.length : 0),
    mayWait: (change) => change.kind === 'settlement',
    waitMs: SETTLE_WITHIN_MS,
    maxItems: MOST_CHANGES,
    maxBytes: MOST_BYTES,
  });
  return {
    enqueue: async (mail, claim) => {
      const queued = await write({ kind: 'mail', mail, claim });
      if (queued === null) throw new Error('no answer for a mail');
      return queued;
    },
    settle: async (settlement) => {
      await write({ kind: 'settlement', settlement });
    },
  };
}
