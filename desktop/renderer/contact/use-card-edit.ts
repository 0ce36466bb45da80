import { useState } from 'react';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { Line } from './contact-lines.tsx';

/** What is typed, as it is typed. */
interface CardFieldValues {
  name: string;
  organisation: string;
  title: string;
  note: string;
  emails: Line[];
  phones: Line[];
}

/** A card while it is edited. */
export interface CardEdit {
  fields: CardFieldValues;
  change: (change: Partial<CardFieldValues>) => void;
  /** The card as it stands; what no field shows is as before. */
  card: Contact;
  /** Nothing says whose card it is. */
  nameless: boolean;
}

export function useCardEdit(begin: Contact): CardEdit {
  const [fields, setFields] = useState<CardFieldValues>(() => ({
    name: begin.name,
    organisation: begin.organisation ?? '',
    title: begin.title ?? '',
    note: begin.note ?? '',
    emails: begin.emails.map(({ address, kind }) => ({ text: address, kind })),
    phones: begin.phones.map(({ number, kind }) => ({ text: number, kind })),
  }));
  const card: Contact = {
    ...begin,
    name: fields.name.trim(),
    organisation: fields.organisation.trim() || null,
    title: fields.title.trim() || null,
    note: fields.note.trim() === '' ? null : fields.note,
    emails: readLines(fields.emails).map(({ text, kind }) => ({ address: text, kind })),
    phones: readLines(fields.phones).map(({ text, kind }) => ({ number: text, kind })),
  };
  return {
    fields,
    change: (change) => setFields((before) => ({ ...before, ...change })),
    card,
    nameless: card.name === '' && card.organisation === null && card.emails.length === 0,
  };
}

function readLines(lines: readonly Line[]): Line[] {
  return lines
    .map(({ text, kind }) => ({ text: text.trim(), kind: kind?.trim() || null }))
    .filter(({ text }) => text !== '');
}
