import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react';
import type { Address } from '../../../../common/shapes/address.ts';
import { Icon } from '../../parts/icon.tsx';
import { useStore, type Store } from '../../parts/store.ts';
import { contactsQuery } from '../../contact/contacts.ts';
import { expandGroups, type Suggestion } from '../../contact/suggest.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { formatAddress, nameOf } from '../../mail/people.ts';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';
import { addAddresses, looksLikeAddress, parseAddresses } from './addresses.ts';
import { SuggestionList, useSuggestions } from './suggestions.tsx';
import type { DraftSession } from '../session/draft-session.ts';
import type { People } from '../session/draft-state.ts';

/** A line of recipients: what is typed becomes a chip at a comma, Enter, or when the line is left. */
export function Recipients({
  session,
  field,
  label,
  testId,
  doubts,
  children,
}: {
  session: DraftSession;
  field: People;
  label: string;
  testId: string;
  /** Addresses that will not get it, as far as is known before. */
  doubts: Store<ReadonlySet<string>>;
  children?: ReactNode;
}) {
  const t = useText(composerTexts);
  const people = useStore(session.store).content[field];
  const doubtful = useStore(doubts);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const type = (next: string): void => {
    setText(next);
    session.type(field, next);
  };
  const take = (added: readonly Address[]): void => {
    setText('');
    session.type(field, '');
    if (added.length === 0) return;
    const groups = queries.getQueryData(contactsQuery.queryKey)?.groups ?? [];
    session.edit({ [field]: addAddresses(people, expandGroups(groups, added)) });
  };
  const remove = (at: number): void => {
    session.edit({ [field]: people.filter((_, index) => index !== at) });
    input.current?.focus();
  };
  const takeOne = ({ people: members, ...person }: Suggestion): void => take(members ?? [person]);
  const suggested = useSuggestions(`${id}-list`, { typed: text, taken: people, wanted: busy, take: takeOne });
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || suggested.press(event)) return;
    const ends =
      event.key === ',' || event.key === ';' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey);
    if (ends && text.trim() !== '' && !isInsideName(text)) {
      event.preventDefault();
      take(parseAddresses(text));
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
    else if (event.key === 'Backspace' && text === '' && people.length > 0) {
      event.preventDefault();
      const last = people.at(-1);
      session.edit({ [field]: people.slice(0, -1) });
      if (last !== undefined) type(formatAddress(last));
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text/plain');
    if (!/[,;\n]/.test(pasted)) return;
    event.preventDefault();
    take(parseAddresses(`${text}${pasted}`));
  };
  const isBad = ({ address }: Address): boolean =>
    !looksLikeAddress(address) || doubtful.has(address.toLowerCase());
  const bad = people.filter(({ address }) => !looksLikeAddress(address));
  return (
    <div className="composer-line">
      <label className="composer-label" htmlFor={id}>
        {label}
      </label>
      {/* The label and the keyboard reach the line by themselves; this is for the pointer beside the chips. */}
      <div
        className="recipients"
        data-some={people.length > 0}
        onClick={(event) => {
          if (event.target === event.currentTarget) input.current?.focus();
        }}
      >
        {people.map((person, at) => (
          <span
            key={person.address}
            className="recipient-chip"
            data-bad={isBad(person)}
            title={formatAddress(person)}
          >
            {isBad(person) ? <Icon name="warning" size={14} /> : null}
            <span>{nameOf(person)}</span>
            <button
              type="button"
              aria-label={t('remove-person', { name: nameOf(person) })}
              onClick={() => remove(at)}
            >
              <Icon name="close" size={13} />
            </button>
          </span>
        ))}
        <input
          ref={input}
          id={id}
          value={text}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
          maxLength={10_000}
          data-testid={testId}
          aria-invalid={bad.length > 0 || undefined}
          aria-describedby={bad.length > 0 ? `${id}-bad` : undefined}
          {...suggested.field}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKey}
          onPaste={onPaste}
          onFocus={() => setBusy(true)}
          onBlur={() => {
            setBusy(false);
            take(parseAddresses(text));
          }}
        />
        {bad.length === 0 ? null : (
          <span id={`${id}-bad`} className="unseen">
            {t('bad-address', { address: bad[0]?.address ?? '' })}
          </span>
        )}
      </div>
      <SuggestionList id={`${id}-list`} label={label} suggested={suggested} onTake={takeOne} />
      {children}
    </div>
  );
}

/** `"Doe, Jane` is not finished: its comma belongs to the name. */
function isInsideName(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 1;
}
