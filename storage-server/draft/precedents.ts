import { foldAddress } from '../../common/compose/recipients.ts';
import { MailError } from '../../common/errors.ts';
import { PRECEDENT_LIMIT, type Precedents } from '../../common/shapes/draft.ts';
import { toAsciiAddress } from '../../server-kit/mail-domain.ts';
import type { StorageCore } from '../context.ts';
import type { AskPrecedents } from './drafts.ts';
import { readWritten } from './precedent-store.ts';

type PrecedentCore = Pick<StorageCore, 'db' | 'mails'>;

/** What the From of a mail can be held against: where the answered mail came to, and as whom its recipients know the user. */
export async function findPrecedents(
  core: PrecedentCore,
  user: string,
  { answered, to }: AskPrecedents,
): Promise<Precedents> {
  const asked = new Map(
    to.slice(0, PRECEDENT_LIMIT).map((address) => [foldAddress(address), toAsciiAddress(address.trim())]),
  );
  const [came, written] = await Promise.all([
    readAnswered(core, user, answered),
    readWritten(
      core.db.read,
      user,
      [...asked].map(([folded, typed]) => ({
        to: folded,
        spellings: [...new Set([typed, toAsciiAddress(folded)])],
      })),
    ),
  ]);
  return { answered: came, written };
}

/** Null also for a mail that is gone: the answer to it can be written on. */
async function readAnswered(
  core: PrecedentCore,
  user: string,
  id: string | null,
): Promise<Precedents['answered']> {
  if (id === null) return null;
  try {
    const { accounts, to, cc } = await core.mails.show(user, id);
    return { accounts, addressed: [...to, ...cc].map(({ address }) => foldAddress(address)) };
  } catch (error) {
    if (error instanceof MailError && error.code === 'not-found') return null;
    throw error;
  }
}
