import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openTestStore } from '../../test/storage-server/retrieval/store.ts';
import { pollOnce } from '../../test/storage-server/retrieval/retrieve.ts';

/**
 * One process that retrieves a maildrop into an empty store: argv DIR PORT COUNT WARM-COUNT. Prints seconds until all is durable and
 * listed, and the CPU's. With WARM-COUNT other than 0 it has retrieved so many messages before, as a server that runs has.
 */
const [dir = '', port = '', count = '', warm = '0'] = process.argv.slice(2);
mkdirSync(join(dir, 'spool'), { recursive: true });
const store = await openTestStore(dir);
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
  const result = await pollOnce(store, {
    port: Number(port),
    dir,
    user,
    owner,
    onProgress: (done) => {
      if (done === expected && listing.length === 0) listing.push(list());
    },
  });
  if (result.error !== null) throw result.error;
  await Promise.all(listing);
  const { user: own, system } = process.cpuUsage(before);
  return { seconds: listed, cpu: (own + system) / 1e6 };
}
