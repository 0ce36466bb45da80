import { findProviderOfAddress, findProviderOfHost } from '../../common/providers/find-provider.ts';
import type { Account } from '../../common/shapes/account.ts';
import type { StorageCore } from '../context.ts';
import { splitSource } from '../filing/ask/split-source.ts';
import type { Arrival, Filing } from '../filing/filing.ts';
import { findField, readRawFields } from '../filing/read-header.ts';
import type { UserProfile } from '../home/home.ts';
import type { IncomingMail } from '../mail/ingest/ingest.ts';
import { findOwnSender, isSentCopy } from './is-sent-copy.ts';
import { findSentMails } from './sent-copy-store.ts';

export type SentCopyCore = Pick<StorageCore, 'db' | 'home' | 'log'>;

/**
 * Filing that knows what a provider files into its own Sent and serves by POP3 again: such a copy becomes another original
 * of the mail that lies in Sent already (Gmail does so with all that is submitted). Should that mail be gone, it stays as
 * a read mail in Sent: nothing is lost, and nothing of one's own stands in the Inbox as news. Rules send nothing for it.
 */
export function fileSentCopies(core: SentCopyCore, inner: Filing): Filing {
  return {
    file: async (to, mails) => {
      const filed = await inner.file(to, mails);
      const copies = await findCopies(core, to, mails);
      if (copies.size === 0) return filed;
      const { id } = await core.home.findMailbox(to.user, 'sent');
      return {
        mails: (filed?.mails ?? mails).map((mail, index) => {
          const copyOf = copies.get(index);
          if (copyOf === undefined) return mail;
          return { ...mail, mailbox: id, flags: ['seen'], labels: [], copyOf };
        }),
        record: async (tx, ingested) => {
          const others = ingested.map((one, index) => (copies.has(index) ? { ...one, added: false } : one));
          await filed?.record(tx, others);
        },
        finish: () => filed?.finish(),
      };
    },
  };
}

/** By place in the batch, the id of the mail that each is a copy of. */
async function findCopies(
  core: SentCopyCore,
  { user, account: id }: Arrival,
  mails: readonly IncomingMail[],
): Promise<Map<number, string>> {
  const copies = new Map<number, string>();
  const profile = await core.home.readProfile(user);
  const account = profile.accounts.find((one) => one.id === id);
  if (account === undefined || !filesCopies(account)) return copies;
  const who = listAddresses(profile, id);
  for (const [index, mail] of mails.entries()) {
    try {
      const { header } = await splitSource(mail.source);
      const fields = readRawFields(header);
      const messageId = /<[^<>\s]{1,990}>/.exec(findField(fields, 'message-id') ?? '')?.[0];
      // What others wrote, nearly all, costs no look into the database.
      if (messageId === undefined || findOwnSender(fields, who.own) === null) continue;
      const sent = await findSentMails(core.db.read, user, messageId);
      const copied = sent.find((one) => isSentCopy(fields, one, who));
      if (copied !== undefined) copies.set(index, copied.mail);
    } catch (error) {
      // A mail that nobody thought of stays a mail like others.
      core.log.error('sent-copy.failed', { error });
    }
  }
  return copies;
}

/** Its provider files what is submitted there, and that is the way by which the account sends. */
function filesCopies({ email, pop3, send }: Account): boolean {
  const provider = findProviderOfHost(pop3.host) ?? findProviderOfAddress(email);
  return send.way === 'smarthost' && provider?.filesSentCopies === true;
}

function listAddresses(
  { accounts, identities }: Pick<UserProfile, 'accounts' | 'identities'>,
  account: string,
): { own: string[]; all: string[] } {
  const own = identities.filter((one) => one.account === account).map(({ address }) => address);
  const emails = accounts.map(({ email }) => email);
  return { own, all: [...emails, ...identities.map(({ address }) => address)] };
}
