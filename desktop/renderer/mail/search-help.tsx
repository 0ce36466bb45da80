import { searchTexts } from '../text/search.ts';
import { useText } from '../text/text.ts';
import { openSearch } from '../shell/route.ts';

/** Operators with an example that can be tried. */
const EXAMPLES = [
  ['words', 'budget meeting'],
  ['phrase', '"yearly report"'],
  ['from', 'from:luis'],
  ['to', 'to:team@uni.test'],
  ['subject', 'subject:invoice'],
  ['in', 'in:sent'],
  ['after', 'after:2026-01-01'],
  ['before', 'before:2026-06-30'],
  ['attachment', 'has:attachment'],
  ['unread', 'is:unread'],
  ['larger', 'larger:5m'],
  ['without', '-newsletter'],
  ['either', 'invoice OR receipt'],
] as const;

/** How to search: each operator in a few words, and an example that a click tries. */
export function SearchHelp() {
  const t = useText(searchTexts);
  return (
    <div className="search-help" data-testid="search-help">
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <dl>
        {EXAMPLES.map(([name, example]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>
              <button type="button" className="link-button" onClick={() => openSearch(example)}>
                {example}
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
