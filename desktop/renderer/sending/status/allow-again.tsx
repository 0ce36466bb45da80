import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { toProblem } from '../../session/problem.ts';
import { tell, tellProblem } from '../../shell/notices.ts';
import { statusTexts } from '../../text/status.ts';
import { say, useText } from '../../text/text.ts';
import { allowAgain, findSuppression, suppressionsQuery } from '../suppressions.ts';

/** For an address that was not tried because it failed before; nothing once it is tried again. */
export function AllowAgain({ address }: { address: string }) {
  const t = useText(statusTexts);
  const { data } = useQuery(suppressionsQuery);
  const [busy, setBusy] = useState(false);
  if (findSuppression(data, address) === undefined) return null;
  const allow = async (): Promise<void> => {
    setBusy(true);
    try {
      await allowAgain(address);
      tell({ kind: 'done', text: say(statusTexts, 'allowed-again', { address }), action: null, lasts: 6000 });
    } catch (error) {
      tellProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="waiting-actions">
      <Button icon="refresh" disabled={busy} data-testid="allow-again" onClick={() => void allow()}>
        {t('allow-again')}
      </Button>
    </div>
  );
}
