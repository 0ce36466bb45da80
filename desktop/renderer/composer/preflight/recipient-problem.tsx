import { useState } from 'react';
import type { RouteProblem } from '../../../../common/shapes/route.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { allowAgain } from '../../sending/suppressions.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { preflightTexts } from '../../text/preflight.ts';
import { useText } from '../../text/text.ts';
import { FailedBefore } from './failed-before.tsx';
import { useProblemWords } from './problem-words.ts';

/** A recipient that will not get it; one that failed before can be tried all the same. */
export function RecipientProblem({ problem, onSolved }: { problem: RouteProblem; onSolved: () => void }) {
  const t = useText(preflightTexts);
  const [busy, setBusy] = useState(false);
  const { message, action } = useProblemWords(problem);
  const address = problem.address ?? '';
  const allow = async (): Promise<void> => {
    setBusy(true);
    try {
      await allowAgain(address);
      onSolved();
    } catch (error) {
      tellProblem(toProblem(error), () => void allow());
    } finally {
      setBusy(false);
    }
  };
  const suppressed = problem.reason === 'suppressed';
  return (
    <div className="note note-warning" data-testid="recipient-problem" data-reason={problem.reason}>
      <Icon name="warning" size={17} />
      <div>
        <p>
          {message.includes(address) ? null : <strong>{address}: </strong>}
          {message}
        </p>
        {action === null ? null : <p>{action}</p>}
        {suppressed ? <FailedBefore address={address} /> : null}
        {suppressed ? (
          <div className="note-buttons">
            <Button disabled={busy} data-testid="send-all-the-same" onClick={() => void allow()}>
              {t('all-the-same')}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}
