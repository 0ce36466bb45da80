import { useRef, useState } from 'react';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { useCommands } from './commands.ts';
import { openBox, openSearch, useRoute } from './route.ts';

/** What is looked for: Enter finds it and leads to what was found, `/` leads here, Esc leads back to the list. */
export function SearchField() {
  const route = useRoute();
  const sought = route.view === 'mail' ? route.query : null;
  return <SearchInput key={sought} sought={sought} />;
}

function SearchInput({ sought }: { sought: string | null }) {
  const t = useText(shellTexts);
  const [text, setText] = useState(sought ?? '');
  const input = useRef<HTMLInputElement>(null);
  useCommands({
    search: () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  const leave = (): void => {
    setText('');
    if (sought !== null) openBox('inbox');
  };
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        openSearch(text.trim());
      }}
    >
      <Icon name="search" size={17} />
      <input
        ref={input}
        type="search"
        name="q"
        autoComplete="off"
        aria-label={t('search')}
        placeholder={t('search')}
        value={text}
        data-testid="search"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          leave();
          event.currentTarget.blur();
        }}
      />
      {text === '' ? (
        <IconButton icon="help" label={t('search-help')} onClick={() => openSearch('')} />
      ) : (
        <IconButton icon="close" label={t('search-clear')} onClick={leave} />
      )}
    </form>
  );
}
