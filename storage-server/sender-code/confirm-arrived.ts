import type { StorageCore } from '../context.ts';
import { splitSource } from '../filing/ask/split-source.ts';
import type { Arrival, Filing } from '../filing/filing.ts';
import { readRawFields } from '../filing/read-header.ts';
import type { IncomingMail } from '../mail/ingest/ingest.ts';
import { readCallError } from '../../server-kit/service-client.ts';
import { type ArrivedCode, readSenderCode } from './read-sender-code.ts';

export type SenderCodeCore = Pick<StorageCore, 'home' | 'log'> & {
  profile: { sender: { confirmArrived: Pick<StorageCore['profile']['sender']['confirmArrived'], 'mutate'> } };
};

/** The profile-server's answer is not waited for by the next poll longer than this. */
const LIMIT_MS = 10_000;

/**
 * Filing that notices codes which prove a sender when they come through the account's own maildrop, and tells the
 * profile-server after the commit: nobody has to type them. The mail stays where it is filed; a code that does not count
 * any more is nobody's trouble.
 */
export function confirmArrived(core: SenderCodeCore, inner: Filing): Filing {
  return {
    file: async (to, mails) => {
      const filed = await inner.file(to, mails);
      const codes = await findCodes(core, to, mails);
      if (codes.length === 0) return filed;
      return {
        mails: filed?.mails ?? mails,
        record: async (tx, ingested) => await filed?.record(tx, ingested),
        finish: () => {
          filed?.finish();
          for (const code of codes) tell(core, to.user, code);
        },
      };
    },
  };
}

async function findCodes(
  core: SenderCodeCore,
  { user, account }: Arrival,
  mails: readonly IncomingMail[],
): Promise<ArrivedCode[]> {
  const found: ArrivedCode[] = [];
  for (const { source } of mails) {
    try {
      const { header } = await splitSource(source);
      if (!header.includes('X-Valija-Sender-Code')) continue;
      const { identities } = await core.home.readProfile(user);
      const senders = identities.filter((identity) => identity.account === account);
      const code = readSenderCode(readRawFields(header), senders);
      if (code !== null) found.push(code);
    } catch (error) {
      // A mail that nobody thought of stays a mail like others.
      core.log.error('sender-code.failed', { error });
    }
  }
  return found;
}

function tell({ profile, log }: SenderCodeCore, user: string, code: ArrivedCode): void {
  profile.sender.confirmArrived
    .mutate({ user, ...code }, { signal: AbortSignal.timeout(LIMIT_MS) })
    .then(() => log.info('sender-code.confirmed', { user }))
    // It can still be typed in.
    .catch((error: unknown) => log.info('sender-code.not-taken', { error: readCallError(error) }));
}
