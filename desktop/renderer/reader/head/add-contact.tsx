import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Contact } from '../../../../common/shapes/contact.ts';
import { addContact, contactsQuery, hasAddress, nameOfContact } from '../../contact/contacts.ts';
import { Icon } from '../../parts/icon.tsx';
import { toProblem } from '../../session/problem.ts';
import { tell, tellProblem } from '../../shell/notices.ts';
import { deliveryTexts } from '../../text/delivery.ts';
import { say, useText } from '../../text/text.ts';

/** Puts somebody into the address book, or says that he is there. */
export function AddContact({ contact }: { contact: Contact }) {
  const t = useText(deliveryTexts);
  const query = useQuery(contactsQuery);
  const [busy, setBusy] = useState(false);
  const [added, setAdded] = useState(false);
  const known = query.data?.contacts ?? [];
  const [first] = contact.emails;
  const there =
    first === undefined
      ? known.some((one) => nameOfContact(one) === nameOfContact(contact))
      : hasAddress(known, first.address);
  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      await addContact(contact);
      setAdded(true);
      const text = say(deliveryTexts, 'contact-added', { name: nameOfContact(contact) });
      tell({ kind: 'done', text, action: null, lasts: 5000 });
    } catch (error) {
      tellProblem(toProblem(error), () => void add());
    } finally {
      setBusy(false);
    }
  };
  if (there || added) {
    return (
      <span className="in-contacts" data-testid="in-contacts">
        <Icon name="check" size={15} />
        {t('in-contacts')}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="link-button"
      data-testid="add-contact"
      aria-busy={busy}
      disabled={busy || query.isPending}
      onClick={() => void add()}
    >
      {t('add-contact')}
    </button>
  );
}
