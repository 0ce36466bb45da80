import type { MailError } from '../../common/errors.ts';
import type { Pop3Settings } from '../../common/shapes/account.ts';
import { SECOND } from '../../common/time.ts';
import { readCallError } from '../../server-kit/service-client.ts';
import type { StorageCore } from '../context.ts';
import { openSession, type Pop3Session } from '../pop3/session.ts';

/** What a test of a maildrop found. */
export interface TestedMaildrop {
  error: MailError | null;
  tls: string | null;
  capabilities: string[];
  messages: number | null;
}

/** Somebody waits for the answer on a screen. */
const LIMITS = { connectMs: 10 * SECOND, idleMs: 15 * SECOND, sessionMs: 30 * SECOND };

/** Connects, signs in and counts; nothing is retrieved or changed. Never throws: how far it came is part of the answer. */
export async function testMaildrop(
  core: Pick<StorageCore, 'dataDir' | 'egress'>,
  settings: Pop3Settings,
  secret: string,
): Promise<TestedMaildrop> {
  const { host, port } = settings;
  const tested: TestedMaildrop = { error: null, tls: null, capabilities: [], messages: null };
  let session: Pop3Session | null = null;
  try {
    session = await openSession({
      settings,
      secret,
      connect: async (signal) =>
        await core.egress.connect(host, port, 'mail', { timeoutMs: LIMITS.connectMs, signal }),
      spoolDir: core.dataDir,
      limits: LIMITS,
    });
    tested.tls = session.tls;
    tested.capabilities = session.capabilities;
    tested.messages = (await session.count()).messages;
    await session.quit();
  } catch (error) {
    tested.error = readCallError(error);
  } finally {
    session?.close();
  }
  return tested;
}
