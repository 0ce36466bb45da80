import { silentLogger } from '../../../server-kit/log.ts';
import { type BackgroundThreads, startThreads } from '../../../storage-server/background/start-threads.ts';
import type { Search } from '../../../storage-server/search/search.ts';
import { startSearch } from '../../../storage-server/search/start-search.ts';
import type { MailRig } from '../mail-rig.ts';

/** The search of a rig's data directory, as the server starts it. */
export async function startRigSearch(rig: MailRig): Promise<Search> {
  const threads = startRigThreads(rig);
  const search = await startSearch({ ...rig.core, mails: rig.mails, log: silentLogger, threads });
  return {
    ...search,
    stop: async () => void (await Promise.all([threads.stop(), search.stop()])),
  };
}

export function startRigThreads(
  rig: MailRig,
  dns: { host: string; port: number } | null = null,
): BackgroundThreads {
  return startThreads({
    blobKey: Buffer.alloc(32, 7),
    dataDir: rig.dataDir,
    log: silentLogger,
    settings: { dns },
  });
}

/** Subjects of all results, page by page. */
export async function findSubjects(
  search: Search,
  user: string,
  query: string,
  limit = 500,
): Promise<string[]> {
  const subjects: string[] = [];
  let after: string | null = null;
  do {
    const page = await search.find(user, { query, limit, after, timeZone: null });
    subjects.push(...page.mails.map(({ subject }) => subject));
    after = page.next;
  } while (after !== null);
  return subjects;
}

/** A message with these headers and this text, UTF-8. */
export function writeMail(headers: Record<string, string>, text: string): Buffer {
  const all = {
    From: 'Someone <someone@example.com>',
    To: 'user@example.org',
    Date: 'Thu, 19 Nov 2026 10:00:00 +0000',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}\r\n`);
}
