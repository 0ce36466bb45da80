import { useEffect, useState } from 'react';
import type { DraftContent, OpenDraft } from '../../../common/shapes/draft.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { Failure, Skeleton } from '../parts/states.tsx';
import { storageServer } from '../session/clients.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { askDraftSafety } from '../session/session-actions.ts';
import { changeMailRoute, routeStore } from '../shell/route.ts';
import { adoptDraft, composerKey } from './begin-mail.ts';
import { DraftForm } from './draft-form.tsx';
import { DraftSession } from './session/draft-session.ts';
import { findHeld, goOnWith, holdDraft, leaveDraft, type HeldDraft } from './session/held-drafts.ts';
import { readKeptPlace } from './session/use-kept-place.ts';

/** The settings edit signatures and templates with it. */
export { MarkupEditor } from './editor/markup-editor.tsx';

/** Asked for at once: most mails are new ones. */
const beginning = import('./signing/begin-content.ts');

/** Writes one mail: opens its draft, begins a new one, or goes on with one that this window still holds. */
export function Composer({ draft }: { draft: string }) {
  const [key] = useState(() => composerKey(draft));
  const [open, setOpen] = useState<HeldDraft | null>(() => findHeld(key));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  const session = open?.session ?? null;
  useEffect(() => {
    if (session !== null) return undefined;
    let gone = false;
    void (async () => {
      try {
        const found = await openDraft(draft);
        if (!gone)
          setOpen({ session: new DraftSession(found, (id) => adopt(id, key)), place: readKeptPlace(draft) });
      } catch (error) {
        if (!gone) setProblem(toProblem(error));
      }
    })();
    return () => {
      gone = true;
    };
    // A new try reads again.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [draft, session, key, tries]);
  useEffect(() => {
    if (session === null) return undefined;
    const before = findHeld(key);
    holdDraft(key, session);
    if (before?.session === session) goOnWith(before);
    askDraftSafety(
      () => session.isOnServer,
      async () => await session.save(),
    );
    return () => {
      askDraftSafety(
        () => null,
        async () => null,
      );
      leaveDraft(key);
    };
  }, [session, key]);
  const retry = (): void => {
    setProblem(null);
    setTries(tries + 1);
  };
  if (problem !== null) return <Failure problem={problem} onRetry={retry} />;
  if (open === null) return <Skeleton rows={6} kind="text" />;
  return <DraftForm session={open.session} place={open.place} />;
}

async function openDraft(id: string): Promise<OpenDraft | DraftContent> {
  if (id === 'new') return (await beginning).beginContent();
  const ready = queries.getQueryData<OpenDraft>(['draft', id]);
  if (ready === undefined) return await storageServer().draft.open.query({ id });
  queries.removeQueries({ queryKey: ['draft', id] });
  // What was just begun may name what the server does not know.
  if (!ready.draft.text.includes('{{')) return ready;
  return { ...ready, draft: (await import('./signing/change-signature.ts')).finishSignature(ready.draft) };
}

/** The first save gave the mail its id: it goes into the address, so that a reload finds it. */
function adopt(id: string, key: string): void {
  const isShown = key === composerKey('new');
  adoptDraft(id, key);
  const route = routeStore.get();
  if (isShown && route.view === 'mail' && route.draft === 'new') changeMailRoute({ draft: id }, 'replace');
}
