import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setEngineFlags } from '../../launch/engine-flags.ts';
import type { KnownServer } from '../../storage-server/pop3/known-server.ts';
import { MaildropRetrieval } from '../../storage-server/retrieval/retrieve-maildrop.ts';
import { openTestSession } from '../../test/storage-server/pop3/connect.ts';
import { openTestStore } from '../../test/storage-server/retrieval/store.ts';

/**
 * One process that retrieves a maildrop into an empty store: argv DIR PORT COUNT WARM-COUNT. Prints seconds until all is durable and
 * listed, and the CPU's. With WARM-COUNT other than 0 it has retrieved so many messages before, as a server that runs has, and
 * knows what the POP3 server can do. The engine is set as servers set it.
 */
setEngineFlags();
const [dir = '', port = '', count = '', warm = '0'] = process.argv.slice(2);
const spoolDir = join(dir, 'spool');
mkdirSync(spoolDir, { recursive: true });
const store = await openTestStore(dir);
let known: KnownServer | null = null;
if (warm !== '0') await retrieve('warm', Number(warm));
console.log(JSON.stringify(await retrieve('bench', Number(count))));
await store.close();

async function retrieve(user: string, expected: number): Promise<{ seconds: number; cpu: number }> {
  const owner = `user_${user}`;
  const before = process.cpuUsage();
  const begun = performance.now();
  let listed = Number.NaN;
  const list = async (): Promise<void> => {
    const query = { mailbox: 'inbox', account: null, limit: 50, after: null };
    const { total } = await store.mails.readPage(owner, query);
    if (total !== expected) throw new Error(`listed ${total} of ${expected}`);
    listed = (performance.now() - begun) / 1000;
  };
  const listing: Promise<void>[] = [];
  const session = await openTestSession({
    port: Number(port),
    spoolDir,
    settings: { user },
    known,
    listing: true,
  });
  const received = store.clock.now();
  const result = await new MaildropRetrieval(store, {
    session,
    keep: 'always',
    listsAtMost: null,
    to: { user: owner, account: `acc_${user}`, maildrop: user, mailbox: 'mbx_inbox', received, apart: false },
    onProgress: (done) => {
      if (done === expected && listing.length === 0) listing.push(list());
    },
  }).run();
  if (result.error !== null) throw result.error;
  await Promise.all(listing);
  known = { capabilities: session.learned.capabilities, lockstep: 'no' };
  const { user: own, system } = process.cpuUsage(before);
  return { seconds: listed, cpu: (own + system) / 1e6 };
}
