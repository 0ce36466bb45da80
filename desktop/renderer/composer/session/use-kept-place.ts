import { useEffect, useLayoutEffect, type RefObject } from 'react';
import { readTokens } from '../../session/tokens.ts';
import { isPlace, readPlace, type Place } from '../editor/place.ts';
import type { DraftSession } from './draft-session.ts';
import { keepPlace } from './held-drafts.ts';

/** Saves when the window loses the person, and keeps where the cursor is: over a reload, and until the form is back. */
export function useKeptPlace(form: RefObject<HTMLElement | null>, session: DraftSession): void {
  useLayoutEffect(() => {
    const element = form.current;
    // While what it is about still stands in the page.
    return () => keepPlace(session, element === null ? null : readPlace(element));
  }, [session, form]);
  useEffect(() => {
    const save = (): void => {
      if (session.unfinished) void session.save();
    };
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') save();
    };
    const keep = (): void => {
      if (form.current !== null) writePlace(session, readPlace(form.current));
    };
    addEventListener('blur', save);
    addEventListener('beforeunload', keep);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      removeEventListener('blur', save);
      removeEventListener('beforeunload', keep);
      document.removeEventListener('visibilitychange', hidden);
      save();
    };
  }, [session, form]);
}

/** Beside the page's place in the history: numbers only, no word of the mail; on a public computer not even those. */
function writePlace(session: DraftSession, place: Place | null): void {
  const { id } = session.store.get();
  if (id === null || (readTokens()?.session.lab ?? null) !== null) return;
  history.replaceState({ draft: id, place }, '');
}

/** Where the person was in this draft before the page was loaded again. */
export function readKeptPlace(draft: string): Place | null {
  const kept = history.state as { draft?: unknown; place?: unknown } | null;
  return kept?.draft === draft && isPlace(kept.place) ? kept.place : null;
}
