import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../server-kit/log.ts';
import { startThreads } from '../../storage-server/background/start-threads.ts';
import { makeMailIds } from '../../storage-server/mail/mail-id.ts';
import { startSearch } from '../../storage-server/search/start-search.ts';
import { openTestStore } from '../../test/storage-server/retrieval/store.ts';
import { USER } from './fill.ts';

/** One process that does what a home does when it finds a store without an index: argv DIR; JSON on stdout. */
const [dir = ''] = process.argv.slice(2);
const store = await openTestStore(dir);
const key = Buffer.alloc(32, 7);
let peak = 0;
const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
const begun = performance.now();
const threads = startThreads({ blobKey: key, dataDir: dir, log: silentLogger, settings: { dns: null } });
const search = await startSearch({ ...store, ids: makeMailIds(key), log: silentLogger, threads });
await search.settle(USER);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage();
clearInterval(sampling);
await Promise.all([threads.stop(), search.stop()]);
await store.close();
const folder = join(dir, 'search');
const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, peak: peak / 2 ** 20, bytes }));
