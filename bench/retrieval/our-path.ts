import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openTestStore } from '../../test/storage-server/retrieval/store.ts';
import { pollOnce } from '../../test/storage-server/retrieval/retrieve.ts';

/** One process that retrieves a maildrop into an empty store: argv DIR PORT COUNT. Prints seconds until all is durable and listed, and the CPU's. */
const [dir = '', port = '', count = ''] = process.argv.slice(2);
mkdirSync(join(dir, 'spool'), { recursive: true });
const store = await openTestStore(dir);
const before = process.cpuUsage();
const begun = performance.now();
const result = await pollOnce(store, { port: Number(port), dir, user: 'bench' });
if (result.error !== null) throw result.error;
const page = await store.mails.readPage('user_test', {
  mailbox: 'inbox',
  account: null,
  limit: 50,
  after: null,
});
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(before);
if (page.total !== Number(count) || result.added !== Number(count))
  throw new Error(`listed ${page.total} of ${count}`);
console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6 }));
await store.close();
