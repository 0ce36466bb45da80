import { useEffect, useState } from 'react';
import { EMPTY_CONTACT } from '../../../../../common/contact/empty-contact.ts';
import type { Contact } from '../../../../../common/shapes/contact.ts';
import { CardFields } from '../../../contact/card-fields.tsx';
import { useCardEdit } from '../../../contact/use-card-edit.ts';
import type { FieldsProps } from './fields.ts';

/** A card of the shared address book. */
export function ContactFields({ item, tried, onEntry }: FieldsProps) {
  const [begin] = useState<Contact>({ ...EMPTY_CONTACT, ...(item?.value as Contact | undefined) });
  const edit = useCardEdit(begin);
  const { card, nameless } = edit;
  const wrong = card.emails.find(({ address }) => !/^[^\s@<>]+@[^\s@<>]+$/.test(address))?.address ?? null;
  useEffect(() => onEntry({ value: nameless || wrong !== null ? undefined : card }));
  return <CardFields edit={edit} tried={tried} wrongAddress={tried ? wrong : null} testId="layer-name" />;
}
