import { useQuery } from '@tanstack/react-query';
import type { Contact } from '../../../../common/shapes/contact.ts';
import type { MailPart } from '../../../../common/shapes/mail.ts';
import { nameOfContact } from '../../contact/contacts.ts';
import { initialsOf } from '../../mail/people.ts';
import { colourOfAddress } from '../../mail/colours.ts';
import { callHttp } from '../../session/call-http.ts';
import { storageServer } from '../../session/clients.ts';
import { readTokens } from '../../session/tokens.ts';
import { deliveryTexts } from '../../text/delivery.ts';
import { useText } from '../../text/text.ts';
import { AddContact } from '../head/add-contact.tsx';

/** Bytes; a larger file is a whole address book, for the settings and the command line. */
const LARGEST = 300_000;
/** Cards shown of one file. */
const MOST_SHOWN = 5;

export function isCard({ type, name, size }: MailPart): boolean {
  if (size > LARGEST) return false;
  return (
    /^text\/(?:x-)?vcard$/.test(type) ||
    (type === 'text/directory' && /\.vcf$/i.test(name ?? '')) ||
    /\.vcf$/i.test(name ?? '')
  );
}

/** The contact cards of a part, with what puts them into the address book. */
export function ContactCards({ mail, part }: { mail: string; part: MailPart }) {
  const t = useText(deliveryTexts);
  const query = useQuery({
    queryKey: ['cards', mail, part.id] as const,
    queryFn: async ({ signal }) => await readCards(mail, part.id, signal),
    retry: false,
  });
  if (query.isError || query.data?.length === 0) return <p className="note">{t('card-bad')}</p>;
  const contacts = query.data ?? [];
  const left = contacts.length - MOST_SHOWN;
  return (
    <>
      {contacts.slice(0, MOST_SHOWN).map((contact, at) => (
        <ContactCard key={at} contact={contact} />
      ))}
      {left > 0 ? <p className="note">{t('card-more', { n: left })}</p> : null}
    </>
  );
}

function ContactCard({ contact }: { contact: Contact }) {
  const t = useText(deliveryTexts);
  const name = nameOfContact(contact) || t('nameless');
  const address = contact.emails[0]?.address ?? '';
  const work = [contact.title, name === contact.organisation ? null : contact.organisation];
  return (
    <section className="contact-card" aria-label={t('card-of', { name })} data-testid="contact-card">
      <span className={`avatar hue-${colourOfAddress(address)}`} aria-hidden="true">
        {initialsOf({ name, address })}
      </span>
      <div className="contact-facts">
        <p>
          <strong>{name}</strong>
        </p>
        {work.some(Boolean) ? <p>{work.filter(Boolean).join(', ')}</p> : null}
        {contact.emails.map((one) => (
          <p key={one.address}>{[one.address, one.kind].filter(Boolean).join(' · ')}</p>
        ))}
        {contact.phones.map((one) => (
          <p key={one.number}>{[one.number, one.kind].filter(Boolean).join(' · ')}</p>
        ))}
      </div>
      <AddContact contact={contact} />
    </section>
  );
}

/** One byte in each character, as the reader of cards wants it: cards of one file may be in several charsets. */
async function readCards(mail: string, part: string, signal: AbortSignal): Promise<Contact[]> {
  const { parseCards } = await import('../../../../common/vcard/parse-cards.ts');
  let bytes = '';
  for (const byte of await readPart(mail, part, signal)) bytes += String.fromCharCode(byte);
  return parseCards(bytes).contacts;
}

/** In lab mode the file itself is not handed out, but its text is. */
async function readPart(mail: string, part: string, signal: AbortSignal): Promise<Uint8Array> {
  if (readTokens()?.session.lab) {
    const { text } = await storageServer().view.open.query({ mail, part }, { signal });
    return new TextEncoder().encode(text ?? '');
  }
  const response = await callHttp('storage', `/mail/${mail}/part/${part}`, { signal });
  return new Uint8Array(await response.arrayBuffer());
}
