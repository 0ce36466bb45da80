import { useMemo, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { saveItem } from '../profile/save-item.ts';
import { toProblem } from '../session/problem.ts';
import { tellProblem } from '../shell/notices.ts';
import { contactTexts } from '../text/contacts.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { bareContact, findTwins } from './choose-contacts.ts';
import { nameOfContact, type AddressBook, type KnownContact } from './contacts.ts';
import { joinContacts, moveMember } from './join-contacts.ts';

/** Says when several cards have the same address, and joins them when asked. */
export function Twins({ book: { contacts, ownGroups } }: { book: AddressBook }) {
  const t = useText(contactTexts);
  const shell = useText(shellTexts);
  const twins = useMemo(() => findTwins(contacts), [contacts]);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  if (twins.length === 0) return null;
  const join = async ([first, second]: [KnownContact, KnownContact]): Promise<void> => {
    setBusy(true);
    try {
      const value = joinContacts(bareContact(first), bareContact(second));
      await saveItem({ part: 'contacts', id: first.id, base: first.revision, value });
      for (const { id, revision, ...group } of ownGroups) {
        const moved = moveMember(group, first, second);
        if (moved !== null) await saveItem({ part: 'groups', id, base: revision, value: moved });
      }
      await saveItem({ part: 'contacts', id: second.id, base: second.revision, value: null });
    } catch (error) {
      tellProblem(toProblem(error));
    }
    setBusy(false);
  };
  return (
    <div className="contacts-group">
      <button type="button" className="link-button" data-testid="twins" onClick={() => setOpen(true)}>
        {t('twins', { n: twins.length })}
      </button>
      {open ? (
        <Dialog wide title={t('twins-title')} closeLabel={shell('close')} onClose={() => setOpen(false)}>
          <div className="dialog-body">
            <p>{t('twins-lead')}</p>
            <ul className="pick-list">
              {twins.slice(0, 100).map((pair) => (
                <li key={`${pair[0].id} ${pair[1].id}`} className="contact-member">
                  <span>
                    {nameOfContact(pair[0])} + {nameOfContact(pair[1])}
                    <br />
                    <span className="card-note">
                      {pair[0].emails.find((one) => hasSame(pair[1], one.address))?.address}
                    </span>
                  </span>
                  <Button disabled={busy} onClick={() => void join(pair)}>
                    {t('join')}
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}

function hasSame({ emails }: KnownContact, address: string): boolean {
  return emails.some((one) => one.address.toLowerCase() === address.toLowerCase());
}
