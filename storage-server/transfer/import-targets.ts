import { findRole } from '../../common/archive/import-path.ts';
import { foldName } from '../../common/fold-name.ts';
import type { Home, KnownMailbox } from '../home/home.ts';
import { nameLedger } from '../retrieval/ledger/ledger-key.ts';
import type { ArchivedAccount } from './archive/archive-shapes.ts';

/** Where the mails of an import go: the user's mailboxes by path or by what other programs call them. */
export class ImportTargets {
  readonly #mailboxes: readonly KnownMailbox[];
  /** Where all goes, if the user said so. */
  readonly #only: string | null;
  readonly #found = new Map<string, string>();

  constructor(mailboxes: readonly KnownMailbox[], only: string | null) {
    this.#mailboxes = mailboxes;
    this.#only = only;
  }

  /** Id of the mailbox; the Inbox where the name means none. */
  find(name: string | null): string {
    if (this.#only !== null) return this.#only;
    const key = name ?? 'inbox';
    const known = this.#found.get(key) ?? this.#look(key);
    this.#found.set(key, known);
    return known;
  }

  #look(name: string): string {
    const byRole = (role: string | null): KnownMailbox | undefined =>
      role === null ? undefined : this.#mailboxes.find((one) => one.role === role);
    const folded = foldName(name);
    const found =
      this.#mailboxes.find(({ path }) => path === name) ??
      byRole(name) ??
      this.#mailboxes.find(({ path }) => foldName(path) === folded) ??
      byRole(findRole(name)) ??
      byRole('inbox');
    return found?.id ?? '';
  }
}

/** Which accounts of this user the ids in an archive mean: those of the same maildrop, else of the same id. */
export async function matchAccounts(
  home: Home,
  user: string,
  archived: readonly ArchivedAccount[],
): Promise<Map<string, string>> {
  const { accounts } = await home.readProfile(user);
  const byMaildrop = new Map(accounts.map(({ id, pop3 }) => [nameLedger(user, pop3), id]));
  return new Map(archived.map(({ id, pop3 }) => [id, byMaildrop.get(nameLedger(user, pop3)) ?? id]));
}
