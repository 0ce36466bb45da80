import { useCallback, useState } from 'react';
import { makeStore } from '../../parts/store.ts';
import { closeAlone } from '../alone.ts';
import type { SenderDoubt } from '../sender/judge-sender.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { listDoubts, type Doubt } from './list-doubts.ts';
import { refuseDraft } from './refuse-draft.ts';
import { sayNotSent } from './say-not-sent.ts';
import { sendDraft } from './send-draft.ts';

/** A mail that is to leave at `at` (ms; null: now) as soon as it is said that `doubt` is none. */
interface Asking {
  at: number | null;
  doubt: Doubt;
  agreed: readonly Doubt[];
}

/** Sends a draft: refuses what cannot leave, asks about what may have been overlooked, says what went wrong. */
export function useSending(session: DraftSession, sender: SenderDoubt | null) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  /** Whether the notes below the address fields say why, and what to do. */
  const [refused] = useState(() => makeStore(false));
  const free = useCallback(() => setProblem(null), []);
  const send = async (at: number | null, agreed: readonly Doubt[] = []): Promise<void> => {
    if (busy) return;
    const why = refuseDraft(session);
    setProblem(why);
    if (why !== null) return;
    const { attachments, pictures } = session.store.get();
    const unseen = session.listUnseen();
    const files =
      session.pictures.inserted || attachments.some(({ id }) => !pictures.has(id) && !unseen.includes(id));
    const doubt = listDoubts(session.collect(), { files, wrongSender: sender !== null }).find(
      (one) => !agreed.includes(one),
    );
    if (doubt !== undefined) return setAsking({ at, doubt, agreed });
    setBusy(true);
    try {
      await sendDraft(session, at);
      // What can be undone is said in the window that stays.
      closeAlone();
    } catch (error) {
      setProblem(await sayNotSent(error, refused.get()));
      setBusy(false);
    }
  };
  return {
    problem,
    busy,
    asking,
    refused,
    free,
    send,
    /** What was asked about is as it should be. */
    agree: () => {
      if (asking === null) return;
      setAsking(null);
      void send(asking.at, [...asking.agreed, asking.doubt]);
    },
    stopAsking: () => setAsking(null),
  };
}
