import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type MouseEvent } from 'react';
import type { RouteProblem } from '../../../../common/shapes/route.ts';
import { useStore, type Store } from '../../parts/store.ts';
import { useProfile } from '../../profile/profile-store.ts';
import { lookAgain, readEnvelope, listDoubts, preflightQuery, type Envelope } from './preflight.ts';
import { RecipientProblem } from './recipient-problem.tsx';
import { SenderProblem } from './sender-problem.tsx';
import { WayLine } from './way-line.tsx';
import type { DraftSession } from '../session/draft-session.ts';

/** Milliseconds of rest before the server is asked. */
const REST = 500;

/** Before a mail is sent: what would go wrong with its sender and recipients, what to do about it, and how it will leave. */
export function PreflightNotes({
  session,
  doubts,
  refused,
  onFreed,
}: {
  session: DraftSession;
  /** Receives the addresses that are to be marked. */
  doubts: Store<ReadonlySet<string>>;
  /** Receives whether the notes say that this sender is refused. */
  refused: Store<boolean>;
  /** What refused the sender is put right. */
  onFreed: () => void;
}) {
  const { content } = useStore(session.store);
  const { identities } = useProfile();
  const envelope = useRested(readEnvelope(content, identities));
  const query = useQuery({
    ...preflightQuery(envelope ?? { from: '', to: [] }),
    enabled: envelope !== null,
    placeholderData: (before) => (envelope === null ? undefined : before),
  });
  const found = envelope === null ? undefined : query.data;
  const problems = found?.problems ?? NONE;
  useEffect(() => doubts.set(listDoubts(problems)), [doubts, problems]);
  const sender = problems.find(({ address }) => address === null);
  const isRefused = sender?.severity === 'refuse';
  useEffect(() => {
    if (refused.get() && !isRefused) onFreed();
    refused.set(isRefused);
  }, [refused, isRefused, onFreed]);
  const recipients = problems.filter((one) => one.address !== null);
  return (
    <div className="preflight" aria-live="polite" data-testid="preflight" onMouseDown={keepFocus}>
      {sender === undefined || envelope === null ? null : (
        <SenderProblem problem={sender} from={envelope.from} onSolved={lookAgain} />
      )}
      {recipients.map((problem) => (
        <RecipientProblem
          key={`${problem.address} ${problem.reason}`}
          problem={problem}
          onSolved={lookAgain}
        />
      ))}
      {found?.way && !isRefused ? <WayLine way={found.way} /> : null}
    </div>
  );
}

const NONE: RouteProblem[] = [];

/**
 * A line of recipients is lower once the focus leaves it: what is pressed below would move away under the finger. So the
 * focus stays there.
 */
function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('button, summary')) event.preventDefault();
}

/** The envelope once it has not changed for a moment. */
function useRested(envelope: Envelope | null): Envelope | null {
  const [rested, setRested] = useState<Envelope | null>(null);
  const key = JSON.stringify(envelope);
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(key) as Envelope | null), REST);
    return () => clearTimeout(timer);
  }, [key]);
  return rested;
}
