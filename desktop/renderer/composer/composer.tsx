import { useEffect, useState } from 'react';
import type { DraftContent, OpenDraft } from '../../../common/shapes/draft.ts';
import { Failure, Skeleton } from '../parts/states.tsx';
import { storageServer } from '../session/clients.ts';
import { askDraftSafety } from '../session/session-actions.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { changeMailRoute, routeStore } from '../shell/route.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { adoptDraft } from './begin-mail.ts';
import { DraftSession } from './session/draft-session.ts';
import { DraftForm } from './draft-form.tsx';

/** The settings edit signatures and templates with it. */
export { RichEditor } from './editor/rich-editor.tsx';

/** Asked for at once: most mails are new ones. */
const beginning = import('./signing/begin-content.ts');

/** Writes one mail: opens its draft, or begins a new one. */
export function Composer({ draft }: { draft: string }) {
  const [session, setSession] = useState<DraftSession | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (session !== null) return undefined;
    let gone = false;
    void (async () => {
      try {
        const open = await openDraft(draft);
        if (!gone) setSession(new DraftSession(open, adopt));
      } catch (error) {
        if (!gone) setProblem(toProblem(error));
      }
    })();
    return () => {
      gone = true;
    };
    // A new try reads again.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [draft, session, tries]);
  useEffect(() => {
    askDraftSafety(
      () => (session === null ? null : session.isOnServer),
      async () => await session?.save(),
    );
    return () =>
      askDraftSafety(
        () => null,
        async () => null,
      );
  }, [session]);
  const retry = (): void => {
    setProblem(null);
    setTries(tries + 1);
  };
  if (problem !== null) return <Failure problem={problem} onRetry={retry} />;
  if (session === null) return <Skeleton rows={6} kind="text" />;
  return <DraftForm session={session} />;
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
function adopt(id: string): void {
  adoptDraft(id);
  const route = routeStore.get();
  if (route.view === 'mail' && route.draft === 'new') changeMailRoute({ draft: id }, 'replace');
}
