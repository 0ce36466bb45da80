import { MOST_COLLECTED } from '../../../common/shapes/contact.ts';
import type { StorageCore } from '../../context.ts';

export type CollectRecipients = (user: string, mail: string) => void;

/** Addresses that the profile-server heard of already: most mail goes to the same people again. */
const MOST_REMEMBERED = 20_000;

/**
 * Tells the profile-server whom a user has written to, for his address book. Nobody waits for it, and a failure costs no
 * more than an address that the next mail brings again.
 */
export function makeCollector(core: Pick<StorageCore, 'mails' | 'profile' | 'log'>): CollectRecipients {
  const told = new Set<string>();
  const collect = async (user: string, mail: string): Promise<void> => {
    const { to, cc, bcc } = await core.mails.show(user, mail);
    const people = [...to, ...cc, ...bcc];
    // A mail to a crowd makes nobody an acquaintance.
    if (people.length > MOST_COLLECTED) return;
    const keyOf = (address: string): string => `${user} ${address.toLowerCase()}`;
    const fresh = people.filter(({ address }) => address.length > 2 && !told.has(keyOf(address)));
    if (fresh.length === 0) return;
    await core.profile.contact.collect.mutate({
      user,
      people: fresh.map(({ name, address }) => ({
        name: name?.slice(0, 1000) ?? null,
        address: address.slice(0, 320),
      })),
    });
    if (told.size + fresh.length > MOST_REMEMBERED) told.clear();
    for (const { address } of fresh) told.add(keyOf(address));
  };
  return (user, mail) => {
    collect(user, mail).catch((error: unknown) => core.log.warn('send.collect-failed', { mail, error }));
  };
}
