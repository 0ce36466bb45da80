import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../server-kit/log.ts';
import { RuleBook } from '../../storage-server/filing/ask/compile-rules.ts';
import { makeFiling } from '../../storage-server/filing/make-filing.ts';
import { makeRuleThread } from '../../storage-server/filing/ask/rule-thread.ts';
import { MaildropRetrieval } from '../../storage-server/retrieval/retrieve-maildrop.ts';
import { openTestSession } from '../../test/storage-server/pop3/connect.ts';
import { openTestStore } from '../../test/storage-server/retrieval/store.ts';
import { makeRules, type RuleKind } from './rules.ts';

/**
 * One process that retrieves a maildrop of COUNT messages into an empty store, with rules of that kind: argv DIR PORT COUNT KIND.
 * Prints the seconds until all is durable and those of the processor, all threads together.
 */
const [dir = '', port = '', count = '', kind = 'none'] = process.argv.slice(2);
const spoolDir = join(dir, 'spool');
mkdirSync(spoolDir, { recursive: true });
const store = await openTestStore(dir);
const rules = makeRules(kind as RuleKind);
const profile = { ...(await store.home.readProfile('user_bench')), rules };
const facts = { ...(await store.home.readPollFacts('user_bench')), hasRules: rules.length > 0 };
const home = { ...store.home, readProfile: async () => profile, readPollFacts: async () => facts };
const thread = makeRuleThread(silentLogger);
const filing = makeFiling(
  { ...store, home, log: silentLogger, random: (size) => randomBytes(size), thread, wake: () => undefined },
  new RuleBook(10),
);
const before = process.cpuUsage();
const begun = performance.now();
const session = await openTestSession({
  port: Number(port),
  spoolDir,
  settings: { user: 'bench' },
  listing: true,
});
const result = await new MaildropRetrieval(
  { ...store, filing },
  {
    session,
    keep: 'always',
    listsAtMost: null,
    to: {
      user: 'user_bench',
      account: 'acc_bench',
      maildrop: 'bench',
      mailbox: 'mbx_inbox',
      received: store.clock.now(),
      apart: false,
    },
    onProgress: () => undefined,
  },
).run();
if (result.error !== null) throw result.error;
if (result.added !== Number(count)) throw new Error(`${result.added} of ${count}`);
const { user, system } = process.cpuUsage(before);
const filed = await store.db.read.get<{ n: number }>(
  "SELECT COUNT(*) AS n FROM mail WHERE mailbox = 'mbx_archive'",
);
console.log(
  JSON.stringify({
    seconds: (performance.now() - begun) / 1000,
    cpu: (user + system) / 1e6,
    filed: filed?.n,
  }),
);
await thread.close();
await store.close();
