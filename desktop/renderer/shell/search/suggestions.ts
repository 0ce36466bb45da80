import { useEffect, useState } from 'react';
import { storageServer } from '../../session/clients.ts';

/** What the server offers for the words typed so far; `completion` is the whole query with it. */
export type Suggestion = Awaited<
  ReturnType<ReturnType<typeof storageServer>['search']['suggest']['query']>
>['suggestions'][number];

/** Typing rests this long before the server is asked. */
const REST_MS = 120;

/** Suggestions for what is typed; none while there is nothing, or when they cannot be had: searching works without. */
export function useSuggestions(text: string, wanted: boolean): readonly Suggestion[] {
  const [found, setFound] = useState<{ text: string; list: readonly Suggestion[] } | null>(null);
  useEffect(() => {
    if (!wanted || text.trim() === '') return undefined;
    const ending = new AbortController();
    const timer = setTimeout(() => {
      storageServer()
        .search.suggest.query({ text }, { signal: ending.signal })
        .then(({ suggestions }) => setFound({ text, list: suggestions }))
        .catch(() => ending.signal.aborted || setFound(null));
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [text, wanted]);
  // Those for a shorter text stay until the new ones come, or the list would flicker.
  const fits = found !== null && (text.startsWith(found.text) || found.text.startsWith(text));
  return wanted && text.trim() !== '' && fits ? found.list : [];
}
