import { useCallback, useState } from 'react';
import { makeStore } from '../../parts/store.ts';
import { composerTexts } from '../../text/composer.ts';
import { say } from '../../text/text.ts';
import { closeAlone } from '../alone.ts';
import { looksLikeAddress } from '../people/addresses.ts';
import type { SenderDoubt } from '../sender/judge-sender.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { listDoubts, type Doubt } from './list-doubts.ts';
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

/** Why a mail cannot be sent as it stands; null when it can. */
function refuseDraft(session: DraftSession): string | null {
  const { to, cc, bcc } = session.collect();
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0) return say(composerTexts, 'no-recipient');
  const bad = all.find(({ address }) => !looksLikeAddress(address));
  if (bad !== undefined) return say(composerTexts, 'bad-address', { address: bad.address });
  return session.uploads.get().length > 0 ? say(composerTexts, 'still-uploading') : null;
}
