import { useEffect, useState } from 'react';
import type { DraftContent, OpenDraft } from '../../../common/shapes/draft.ts';
import { Failure, Skeleton } from '../parts/states.tsx';
import { profileStore } from '../profile/profile-store.ts';
import { storageServer } from '../session/clients.ts';
import { askDraftSafety } from '../session/session-actions.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { changeMailRoute, routeStore } from '../shell/route.ts';
import { findRow, queries } from '../mail/cache/mail-cache.ts';
import { adoptDraft, asAddresses, readWanted } from './begin-mail.ts';
import { DraftSession, EMPTY_DRAFT } from './draft-session.ts';
import { DraftForm } from './draft-form.tsx';

/** Writes one mail: opens its draft, or begins a new one. */
export function Composer({ draft }: { draft: string }) {
  const [session, setSession] = useState<DraftSession | null>(() =>
    draft === 'new' ? new DraftSession(beginContent(), adopt) : null,
  );
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

async function openDraft(id: string): Promise<OpenDraft> {
  const ready = queries.getQueryData<OpenDraft>(['draft', id]);
  if (ready !== undefined) {
    queries.removeQueries({ queryKey: ['draft', id] });
    return ready;
  }
  return await storageServer().draft.open.query({ id });
}

/** The first save gave the mail its id: it goes into the address, so that a reload finds it. */
function adopt(id: string): void {
  adoptDraft(id);
  const route = routeStore.get();
  if (route.view === 'mail' && route.draft === 'new') changeMailRoute({ draft: id }, 'replace');
}

/** A new mail: from the account whose mail is being looked at, with the signature of its identity. */
function beginContent(): DraftContent {
  const wanted = readWanted();
  const { identities } = profileStore.get();
  const route = routeStore.get();
  const account =
    route.view === 'mail'
      ? (route.account ?? (route.mail === null ? null : findRow(route.mail)?.accounts[0]))
      : null;
  const identity = identities.find((one) => one.account === account) ?? identities[0];
  return {
    ...EMPTY_DRAFT,
    identity: identity?.id ?? null,
    to: asAddresses(wanted?.to ?? []),
    cc: asAddresses(wanted?.cc ?? []),
    bcc: asAddresses(wanted?.bcc ?? []),
    subject: wanted?.subject ?? '',
    text: wanted?.body ?? '',
    html: wanted === null || wanted.body === '' ? '' : escapeText(wanted.body),
  };
}

function escapeText(text: string): string {
  const holder = document.createElement('div');
  holder.textContent = text;
  return holder.innerHTML.replace(/\r?\n/g, '<br>');
}
