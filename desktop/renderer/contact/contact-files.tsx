import { useRef } from 'react';
import { foldGroup } from '../../../common/contact/list-groups.ts';
import { Button } from '../parts/button.tsx';
import { Check } from '../parts/field.tsx';
import { usePreference } from '../profile/profile-store.ts';
import { setPreference } from '../profile/profile-sync.ts';
import { readAgain, saveItem } from '../profile/save-item.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { contactTexts } from '../text/contacts.ts';
import { say, useText } from '../text/text.ts';
import { offerFile, today } from '../parts/offer-file.ts';
import type { AddressBook } from './contacts.ts';

/** Of one call: the server takes 1 MiB. */
const AT_ONCE = 200;
const MOST_CHARACTERS = 600_000;
const LARGEST = 50_000_000;

/** The address book as a .vcf file, such files in, and whether those written to are kept. */
export function ContactFiles({ book }: { book: AddressBook }) {
  const t = useText(contactTexts);
  const collect = usePreference('collect');
  const input = useRef<HTMLInputElement>(null);
  const fail = (error: unknown): void => {
    tellProblem(toProblem(error));
  };
  return (
    <footer className="contacts-foot">
      <Check
        label={t('collect')}
        checked={collect}
        onPick={(on) => void setPreference('collect', on).catch(fail)}
      />
      <div className="card-actions">
        <Button look="quiet" icon="file" onClick={() => input.current?.click()}>
          {t('import')}
        </Button>
        <Button
          look="quiet"
          icon="download"
          disabled={book.contacts.length === 0}
          data-testid="contacts-export"
          onClick={() => void exportCards(book).catch(fail)}
        >
          {t('export')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".vcf,.vcard,text/vcard,text/x-vcard"
          data-testid="contacts-file"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) importCards(book, file).catch(fail);
          }}
        />
      </div>
    </footer>
  );
}

async function exportCards(book: AddressBook): Promise<void> {
  const { writeCards } = await import('../../../common/vcard/write-cards.ts');
  const cards = writeCards(book.contacts, book.ownGroups);
  offerFile(`valija-contacts-${today()}.vcf`, new Blob([cards], { type: 'text/vcard' }));
}

async function importCards(book: AddressBook, file: File): Promise<void> {
  if (file.size > LARGEST) throw new TypeError('the file is too large');
  const [{ parseCards }, { placeGroups }] = await Promise.all([
    import('../../../common/vcard/parse-cards.ts'),
    import('../../../common/vcard/group-cards.ts'),
  ]);
  // One byte in each character: cards of one file may be in several charsets.
  const { contacts, groups, bad } = parseCards(
    new TextDecoder('x-user-defined')
      .decode(await file.arrayBuffer())
      .replace(/[\uf780-\uf7ff]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xf700)),
  );
  const ids: (string | null)[] = [];
  let added = 0;
  let refused = bad;
  for (const batch of cutBatches(contacts)) {
    const done = await profileServer().contact.import.mutate({ contacts: batch });
    ids.push(...done.ids);
    added += done.added;
    refused += done.refused.length;
  }
  for (const group of placeGroups(groups, ids)) {
    const own = book.ownGroups.find((one) => foldGroup(one.name) === foldGroup(group.name));
    const members = [...(own?.members ?? []), ...group.members];
    await saveItem({
      part: 'groups',
      id: own?.id ?? null,
      base: own?.revision ?? null,
      value: { name: own?.name ?? group.name, members },
    });
  }
  await readAgain();
  const there = contacts.length + bad - added - refused;
  const text = say(contactTexts, 'imported', { n: added, there, refused });
  tell({ kind: contacts.length === 0 ? 'problem' : 'done', text, action: null, lasts: 7000 });
}

function cutBatches<Contact>(contacts: readonly Contact[]): Contact[][] {
  const batches: Contact[][] = [];
  let size = 0;
  for (const contact of contacts) {
    const own = JSON.stringify(contact).length;
    const last = batches.at(-1);
    if (last === undefined || last.length >= AT_ONCE || size + own > MOST_CHARACTERS) {
      batches.push([contact]);
      size = own;
    } else {
      last.push(contact);
      size += own;
    }
  }
  return batches;
}
