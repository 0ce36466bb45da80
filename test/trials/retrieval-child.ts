import { openTestStore } from '../storage-server/retrieval/store.ts';
import { pollOnce } from '../storage-server/retrieval/retrieve.ts';

/** One poll with retention `delete` into the store below argv DIR, from the maildrop of alice at argv PORT; prints how many mails were added. */
const [dir = '', port = ''] = process.argv.slice(2);
const store = await openTestStore(dir);
const { added, error } = await pollOnce(store, { port: Number(port), dir, keep: 'delete' });
if (error !== null) throw error;
console.log(added);
await store.close();
