import { useState, type KeyboardEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { contactsQuery } from '../../contact/contacts.ts';
import { suggestPeople, type Suggestion } from '../../contact/suggest.ts';
import { formatAddress } from '../../mail/people.ts';

/** People and groups of the address book for what is typed, and which of them the arrows stand at; -1: none. */
export interface Suggested {
  people: Suggestion[];
  at: number;
  /** What the field says of its list to assistive technology. */
  field: {
    role: 'combobox';
    'aria-autocomplete': 'list';
    'aria-expanded': boolean;
    'aria-controls': string | undefined;
    'aria-activedescendant': string | undefined;
  };
  /** True when the key was for the list. */
  press(event: KeyboardEvent): boolean;
  close(): void;
}

/** `wanted`: somebody is at the field; before, the address book is not read. */
export function useSuggestions(
  id: string,
  given: { typed: string; taken: readonly Suggestion[]; wanted: boolean; take: (person: Suggestion) => void },
): Suggested {
  const { typed, taken, wanted, take } = given;
  const query = useQuery({ ...contactsQuery, enabled: wanted });
  // Of what was typed then; of anything else no place is chosen yet.
  const [place, setPlace] = useState({ typed: '', at: -1 });
  const [closed, setClosed] = useState('');
  const at = place.typed === typed ? place.at : -1;
  const setAt = (next: number): void => setPlace({ typed, at: next });
  const open = wanted && closed !== typed;
  const book = query.data;
  const people = open && book !== undefined ? suggestPeople(book.people, book.groups, typed, taken) : [];
  return {
    people,
    at,
    field: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': people.length > 0,
      'aria-controls': people.length > 0 ? id : undefined,
      'aria-activedescendant': at === -1 ? undefined : `${id}-${at}`,
    },
    press: (event) => {
      if (people.length === 0) return false;
      const person = people[at];
      if (event.key === 'ArrowDown') setAt((at + 1) % people.length);
      else if (event.key === 'ArrowUp') setAt(at <= 0 ? people.length - 1 : at - 1);
      else if (event.key === 'Escape') setClosed(typed);
      else if ((event.key === 'Enter' || event.key === 'Tab') && person !== undefined) take(person);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    close: () => setClosed(typed),
  };
}

/** The list under the field. */
export function SuggestionList({
  id,
  label,
  suggested,
  onTake,
}: {
  id: string;
  label: string;
  suggested: Suggested;
  onTake: (person: Suggestion) => void;
}) {
  if (suggested.people.length === 0) return null;
  return (
    <div className="suggestions" role="listbox" id={id} aria-label={label} data-testid="suggestions">
      {suggested.people.map((person, at) => (
        <div
          key={person.address}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === suggested.at}
          // Before the field is left, which would take what is typed.
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(person);
          }}
        >
          {formatAddress(person)}
        </div>
      ))}
    </div>
  );
}
