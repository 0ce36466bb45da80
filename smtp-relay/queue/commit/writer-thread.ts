/** The one writer of a relay's SQLite queue, in a thread of its own: syncing the disk keeps nobody waiting but those it is for. */
import { parentPort, workerData } from 'node:worker_threads';
import { MailError } from '../../../common/errors.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { openSqlite } from '../../../server-kit/database/sqlite.ts';
import type { Change, Enqueued } from './change.ts';
import { commitChanges } from './commit-changes.ts';
import { emptyLog } from './room-store.ts';
import { packFailure, unpackChanges, type Answer, type Asked, type Request } from './thread-messages.ts';

/** Ends a transaction whose work failed on the other side: the error is known there. */
class RolledBack extends Error {}

const port = parentPort;
if (port === null) throw new Error('this is no thread');
const database = openSqlite(workerData as string);
let current: {
  /** The call that began it: no other thread before this one had the same. */
  transaction: number;
  tx: Writer;
  end: PromiseWithResolvers<void>;
  written: Promise<void>;
} | null = null;

/** Once more with an emptied log when the disk was full. */
async function commitWithRoom(changes: readonly Change[]): Promise<(Enqueued | null)[]> {
  try {
    return await commitChanges(database, changes);
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'disk-full') throw error;
    await emptyLog(database.read).catch(() => undefined);
    return await commitChanges(database, changes);
  }
}

async function begin(transaction: number): Promise<number> {
  const opened = Promise.withResolvers<Writer>();
  const end = Promise.withResolvers<void>();
  const written = database.write(async (tx) => {
    opened.resolve(tx);
    await end.promise;
  });
  written.catch(opened.reject);
  current = { transaction, tx: await opened.promise, end, written };
  return transaction;
}

async function handle(asked: Request, call: number): Promise<unknown> {
  switch (asked.kind) {
    case 'changes':
      return await commitWithRoom(unpackChanges(asked));
    case 'begin':
      return await begin(call);
    case 'empty-log':
      return await emptyLog(database.read);
    case 'close':
      return await database.close();
    default:
  }
  if (current?.transaction !== asked.transaction) {
    // It ended with the thread in which it was begun; what is open now is another's.
    throw new MailError('unavailable', 'the transaction was lost', { reason: 'database' });
  }
  const { tx, end, written } = current;
  switch (asked.kind) {
    case 'commit':
      current = null;
      end.resolve();
      return await written;
    case 'rollback':
      current = null;
      end.reject(new RolledBack());
      return await written.catch(() => undefined);
    default:
      return await tx[asked.kind](asked.text, asked.values);
  }
}

port.on('message', ({ call, ...asked }: Asked) => {
  const answer = (reply: Answer): void => port.postMessage(reply);
  handle(asked, call).then(
    (value) => answer({ call, ok: true, value }),
    (error: unknown) => answer({ call, ok: false, failure: packFailure(error) }),
  );
});
