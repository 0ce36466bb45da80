import { searchTexts } from '../text/search.ts';
import { useStore } from '../parts/store.ts';
import { languageStore, useText } from '../text/text.ts';
import { openSearch } from '../shell/route.ts';

/** Operators with an example that can be tried, in English and in Spanish; both are understood always. */
const EXAMPLES = [
  ['words', 'budget meeting', 'reunión presupuesto'],
  ['phrase', '"yearly report"', '"informe anual"'],
  ['from', 'from:luis', 'de:luis'],
  ['to', 'to:team@uni.test', 'para:equipo@uni.test'],
  ['subject', 'subject:invoice', 'asunto:factura'],
  ['in', 'in:sent', 'en:enviados'],
  ['label', 'label:urgent', 'etiqueta:urgente'],
  ['after', 'after:2026-01-01', 'después:2026-01-01'],
  ['before', 'before:2026-06-30', 'antes:2026-06-30'],
  ['attachment', 'has:attachment', 'tiene:adjunto'],
  ['unread', 'is:unread', 'es:noleído'],
  ['larger', 'larger:5m', 'mayor:5m'],
  ['without', '-newsletter', '-boletín'],
  ['either', 'invoice OR receipt', 'factura OR recibo'],
] as const;

/** How to search: each operator in a few words, and an example that a click tries. */
export function SearchHelp() {
  const t = useText(searchTexts);
  const language = useStore(languageStore);
  return (
    <div className="search-help" data-testid="search-help">
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <dl>
        {EXAMPLES.map(([name, en, es]) => {
          const example = language === 'es' ? es : en;
          return (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd>
                <button type="button" className="link-button" onClick={() => openSearch(example)}>
                  {example}
                </button>
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
