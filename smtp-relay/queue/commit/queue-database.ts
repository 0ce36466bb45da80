import { MailError } from '../../../common/errors.ts';
import { compileQuery } from '../../../server-kit/database/compile.ts';
import type { Database, Param, Query, Writer } from '../../../server-kit/database/database.ts';
import { openDatabase, type OpenOptions } from '../../../server-kit/database/open.ts';
import type { CommitChanges } from './change.ts';
import { commitChanges } from './commit-changes.ts';
import { hasRoom } from './disk-room.ts';
import { packChanges, type Written } from './thread-messages.ts';
import { startWriter, type WriterClient } from './writer-client.ts';

/** The relay's database, and the way to write changes of the queue in one transaction. */
export interface QueueDatabase {
  database: Database;
  commit: CommitChanges;
}

/**
 * On SQLite all that is written goes through one connection in a thread of its own, also the transactions of others:
 * two connections would wait for each other's lock. MariaDB does the same work elsewhere anyway.
 */
export async function openQueueDatabase(options: OpenOptions): Promise<QueueDatabase> {
  const database = await openDatabase(options);
  if (database.engine === 'mysql') {
    return { database, commit: async (changes) => await commitChanges(database, changes) };
  }
  const writer = startWriter(options.file, options.log);
  const demandRoom = async (bytes: number): Promise<void> => {
    if (await hasRoom(database.read, options.file, bytes)) return;
    // Most of it may be the log, of mails that have left.
    await writer.ask({ kind: 'empty-log' });
    if (!(await hasRoom(database.read, options.file, bytes))) {
      throw new MailError('disk-full', 'the disk of the queue is nearly full');
    }
  };
  return {
    database: {
      ...database,
      write: async (work) => await runTransaction(writer, work),
      close: async () => {
        await writer.close();
        await database.close();
      },
    },
    commit: async (changes) => {
      const packed = packChanges(changes);
      if (packed.bytes.byteLength > 0) await demandRoom(packed.bytes.byteLength);
      return (await writer.ask({ kind: 'changes', ...packed }, [packed.bytes])) as Written;
    },
  };
}

async function runTransaction<T>(writer: WriterClient, work: (tx: Writer) => Promise<T>): Promise<T> {
  const transaction = (await writer.ask({ kind: 'begin' })) as number;
  let value: T;
  try {
    value = await work(makeWriter(writer, transaction));
  } catch (error) {
    await writer.ask({ kind: 'rollback', transaction });
    throw error;
  }
  await writer.ask({ kind: 'commit', transaction });
  return value;
}

function makeWriter(writer: WriterClient, transaction: number): Writer {
  const ask = async (
    kind: 'run' | 'all' | 'get',
    query: Query,
    params: readonly Param[],
  ): Promise<unknown> => {
    const { text, values } = compileQuery(query, params);
    return await writer.ask({ kind, transaction, text, values: values.map(detach) });
  };
  return {
    engine: 'sqlite',
    all: async <T>(query: Query, params: readonly Param[] = []) => (await ask('all', query, params)) as T[],
    get: async <T>(query: Query, params: readonly Param[] = []) =>
      (await ask('get', query, params)) as T | undefined,
    run: async (query: Query, params: readonly Param[] = []) =>
      (await ask('run', query, params)) as { changes: number; insertId: number },
  };
}

/** Posting a view copies all of the memory below it, which many may share. */
function detach(value: Param): Param {
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
}
