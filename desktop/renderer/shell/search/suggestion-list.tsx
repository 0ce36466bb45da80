import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-names.ts';
import { mailTexts } from '../../text/mail.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import type { Suggestion } from './suggestions.ts';

const ICONS: Record<Suggestion['kind'], IconName> = {
  sender: 'person',
  mailbox: 'folder',
  account: 'inbox',
  label: 'label',
  operator: 'right',
  word: 'search',
  recent: 'clock',
};

/** Under the search field; the focus stays in the field, which says which line is meant. */
export function SuggestionList({
  id,
  suggestions,
  active,
  onPick,
}: {
  id: string;
  suggestions: readonly Suggestion[];
  active: number;
  onPick: (suggestion: Suggestion) => void;
}) {
  const t = useText(shellTexts);
  const mail = useText(mailTexts);
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('suggestions')}
      className="suggestions"
      hidden={suggestions.length === 0}
    >
      {suggestions.map((suggestion, index) => (
        <div
          key={`${suggestion.kind} ${suggestion.completion}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className="suggestion"
          data-testid="suggestion"
          // The field would lose the focus, and with it the list would be gone before the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(suggestion)}
        >
          <Icon name={ICONS[suggestion.kind]} size={16} />
          <span className="suggestion-text">
            {suggestion.role ? mail(`role-${suggestion.role}`) : suggestion.text}
          </span>
          {suggestion.count === null ? null : <span className="tree-count">{suggestion.count}</span>}
        </div>
      ))}
    </div>
  );
}
