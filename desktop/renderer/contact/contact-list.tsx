import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { colourOfAddress } from '../mail/colours.ts';
import { initialsOf } from '../mail/people.ts';
import { useRowWindow } from '../mail/list/row-window.ts';
import { useCommands } from '../shell/commands.ts';
import { contactTexts } from '../text/contacts.ts';
import { useText } from '../text/text.ts';
import type { ListedContact } from './choose-contacts.ts';
import { nameOfContact } from './contacts.ts';

/** CSS pixels, as contacts.css has it. */
const ROW = 56;

/** The people of the choice; only those in sight stand in the page. Arrows, Home, End and j/k move, Enter opens. */
export function ContactList({
  contacts,
  open,
  none,
  onOpen,
}: {
  contacts: readonly ListedContact[];
  open: string | null;
  none: string;
  onOpen: (id: string) => void;
}) {
  const t = useText(contactTexts);
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      contacts.findIndex(({ id }) => id === open),
    ),
  );
  const focused = Math.min(at, Math.max(0, contacts.length - 1));
  const moved = useRef(false);
  const rows = useRowWindow(scroller, { count: contacts.length, height: ROW, from: 0 });
  const move = (to: number): void => {
    const next = Math.min(Math.max(0, to), contacts.length - 1);
    setAt(next);
    rows.reveal(next);
    moved.current = true;
  };
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    scroller.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });
  useCommands({
    next: () => move(focused + 1),
    previous: () => move(focused - 1),
    open: () => {
      const one = contacts[focused];
      if (one !== undefined) onOpen(one.id);
    },
  });
  const onKey = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 1);
    const to = {
      ArrowDown: focused + 1,
      ArrowUp: focused - 1,
      PageDown: focused + page,
      PageUp: focused - page,
      Home: 0,
      End: contacts.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  return (
    <>
      <p className="unseen" role="status">
        {t('count', { n: contacts.length })}
      </p>
      <div ref={scroller} className="contacts-rows" data-testid="contact-list" data-count={contacts.length}>
        {contacts.length === 0 ? <p className="contacts-none">{none}</p> : null}
        {contacts.length === 0 ? null : (
          <div
            role="listbox"
            aria-label={t('contacts')}
            className="contacts-window"
            style={{ height: contacts.length * ROW }}
            onKeyDown={onKey}
          >
            {contacts.slice(rows.start, rows.end).map((one, index) => (
              <Row
                key={one.id}
                listed={one}
                place={rows.start + index}
                count={contacts.length}
                isOpen={one.id === open}
                isFocused={rows.start + index === focused}
                onOpen={() => {
                  setAt(rows.start + index);
                  onOpen(one.id);
                }}
              />
            ))}
          </div>
        )}
      </div>
    </>
  );
}

function Row({
  listed,
  place,
  count,
  isOpen,
  isFocused,
  onOpen,
}: {
  listed: ListedContact;
  place: number;
  count: number;
  isOpen: boolean;
  isFocused: boolean;
  onOpen: () => void;
}) {
  const { contact } = listed;
  const name = nameOfContact(contact);
  const address = contact.emails[0]?.address ?? '';
  const second =
    name === address ? contact.organisation : address || contact.phones[0]?.number || contact.organisation;
  return (
    <div
      role="option"
      aria-selected={isOpen}
      aria-posinset={place + 1}
      aria-setsize={count}
      tabIndex={isFocused ? 0 : -1}
      className="contact-row"
      style={{ top: place * ROW }}
      data-testid="contact-row"
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen();
      }}
    >
      <span className={`avatar hue-${colourOfAddress(address)}`} aria-hidden="true">
        {initialsOf({ name, address })}
      </span>
      <span className="contact-words">
        <span className="contact-name">{name}</span>
        <span className="contact-second">{second}</span>
      </span>
    </div>
  );
}
