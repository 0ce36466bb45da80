import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { storageServer } from '../../session/clients.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { useCommands } from '../commands.ts';
import { openBox, openSearch, useRoute } from '../route.ts';
import { SuggestionList } from './suggestion-list.tsx';
import { useSuggestions, type Suggestion } from './suggestions.ts';

/** What is looked for: Enter finds it and leads to what was found, `/` leads here, Esc leads back to the list. */
export function SearchField() {
  const route = useRoute();
  const sought = route.view === 'mail' ? route.query : null;
  return <SearchInput key={sought} sought={sought} />;
}

function SearchInput({ sought }: { sought: string | null }) {
  const t = useText(shellTexts);
  const [text, setText] = useState(sought ?? '');
  const [typing, setTyping] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const suggestions = useSuggestions(text, typing);
  const open = typing && suggestions.length > 0;
  useCommands({
    search: () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  const leave = (): void => {
    setText('');
    setTyping(false);
    if (sought !== null) openBox('inbox');
  };
  const find = (query: string): void => {
    setTyping(false);
    setActive(-1);
    const words = query.trim();
    openSearch(words);
    // Only a convenience: a search works whether it is remembered or not.
    if (words !== '')
      storageServer()
        .search.remember.mutate({ query: words })
        .catch(() => undefined);
  };
  const pick = (suggestion: Suggestion): void => {
    setText(suggestion.completion);
    setActive(-1);
    // An operator waits for what comes after its colon.
    if (suggestion.kind === 'operator') input.current?.focus();
    else find(suggestion.completion);
  };
  const onKey = (event: KeyboardEvent): void => {
    const last = suggestions.length - 1;
    const chosen = suggestions[active];
    if (event.key === 'ArrowDown' && open) setActive(active === last ? -1 : active + 1);
    else if (event.key === 'ArrowUp' && open) setActive(active === -1 ? last : active - 1);
    else if (event.key === 'Enter' && open && chosen !== undefined) pick(chosen);
    else if (event.key === 'Escape' && open) setTyping(false);
    else if (event.key === 'Escape') {
      leave();
      input.current?.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        find(text);
      }}
    >
      <Icon name="search" size={17} />
      <input
        ref={input}
        type="search"
        name="q"
        autoComplete="off"
        role="combobox"
        aria-label={t('search')}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={open && active >= 0 ? `${list}-${active}` : undefined}
        placeholder={t('search')}
        value={text}
        data-testid="search"
        onChange={(event) => {
          setText(event.target.value);
          setTyping(true);
          setActive(-1);
        }}
        onBlur={() => setTyping(false)}
        onKeyDown={onKey}
      />
      {text === '' ? (
        <IconButton icon="help" label={t('search-help')} onClick={() => openSearch('')} />
      ) : (
        <IconButton icon="close" label={t('search-clear')} onClick={leave} />
      )}
      <SuggestionList id={list} suggestions={open ? suggestions : []} active={active} onPick={pick} />
    </form>
  );
}
