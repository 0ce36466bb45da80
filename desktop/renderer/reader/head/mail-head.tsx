import { useState, type ReactNode } from 'react';
import type { Address } from '../../../../common/shapes/address.ts';
import { EMPTY_CONTACT } from '../../../../common/contact/empty-contact.ts';
import type { Contact } from '../../../../common/shapes/contact.ts';
import type { MailView } from '../../../../common/shapes/mail.ts';
import { useStore } from '../../parts/store.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { colourOf, colourOfAddress } from '../../mail/colours.ts';
import { formatAddress, initialsOf, listNames, nameOf } from '../../mail/people.ts';
import { formatFullDate } from '../../text/format.ts';
import { mailTexts } from '../../text/mail.ts';
import { originTexts } from '../../text/origin.ts';
import { languageStore, useText } from '../../text/text.ts';
import { AddContact } from './add-contact.tsx';
import { OriginDetails, OriginMark } from './origin.tsx';

/** Subject, who wrote it to whom, through which accounts, when. */
export function MailHead({ mail }: { mail: MailView }) {
  const t = useText(mailTexts);
  const origin = useText(originTexts);
  const language = useStore(languageStore);
  const { accounts, preferences } = useStore(profileStore);
  const [open, setOpen] = useState(false);
  const sender = mail.from[0] ?? { name: null, address: '' };
  const through = accounts.filter(({ id }) => mail.accounts.includes(id));
  return (
    <header className="mail-head">
      <h1 data-testid="message-subject">{mail.subject || t('no-subject')}</h1>
      <div className="mail-people">
        <span className={`avatar hue-${colourOfAddress(sender.address)}`} aria-hidden="true">
          {initialsOf(sender)}
        </span>
        <div className="mail-who">
          <p className="mail-from">
            <strong>{nameOf(sender) || t('nobody')}</strong>
            {nameOf(sender) === sender.address ? null : (
              <span className="mail-address">{sender.address}</span>
            )}
          </p>
          <p className="mail-to">
            <span>
              {mail.to.length === 0
                ? t('to-nobody')
                : t('to-people', { people: listNames([...mail.to, ...mail.cc], 3) })}
            </span>
            <button type="button" className="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? t('less') : t('details')}
            </button>
          </p>
        </div>
        <div className="mail-when">
          <time dateTime={mail.date}>{formatFullDate(mail.date, language, preferences.timeZone)}</time>
          <span className="mail-chips">
            {through.map((account) => (
              <span key={account.id} className={`chip hue-${colourOf(accounts, account.id)}`}>
                <span>{account.email}</span>
              </span>
            ))}
          </span>
        </div>
      </div>
      {open ? (
        <dl className="mail-details">
          <People label={t('from')} people={mail.from}>
            {sender.address === '' ? null : <AddContact contact={makeContact(sender)} />}
          </People>
          <People label={t('reply-to')} people={mail.replyTo} />
          <People label={t('to')} people={mail.to} />
          <People label={t('cc')} people={mail.cc} />
          <People label={t('bcc')} people={mail.bcc} />
          <div>
            <dt>{t('received')}</dt>
            <dd>{formatFullDate(mail.received, language, preferences.timeZone)}</dd>
          </div>
          {mail.authentication ? (
            <div>
              <dt>{origin('sender-check')}</dt>
              <dd>
                <OriginDetails found={mail.authentication} />
              </dd>
            </div>
          ) : null}
          {mail.messageId === null ? null : (
            <div>
              <dt>Message-ID</dt>
              <dd className="mono">{mail.messageId}</dd>
            </div>
          )}
        </dl>
      ) : null}
      {mail.authentication ? <OriginMark found={mail.authentication} /> : null}
      {mail.problem === null ? null : (
        <p className="note note-warning">{t('problem', { code: mail.problem.code })}</p>
      )}
    </header>
  );
}

function makeContact({ name, address }: Address): Contact {
  return { ...EMPTY_CONTACT, name: name ?? '', emails: [{ address, kind: null }] };
}

function People({
  label,
  people,
  children,
}: {
  label: string;
  people: readonly Address[];
  children?: ReactNode;
}) {
  if (people.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {people.map(formatAddress).join(', ')} {children}
      </dd>
    </div>
  );
}
