import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tellProblem } from '../shell/notices.ts';
import { ruleTexts } from '../text/rules.ts';
import { useText } from '../text/text.ts';

/** How many of the newest mails a rule would fit, before it is saved. */
export function TryRule({ readScript }: { readScript: () => string | null }) {
  const t = useText(ruleTexts);
  const [found, setFound] = useState<{ matched: number; of: number } | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (): Promise<void> => {
    const script = readScript();
    if (script === null) return;
    setBusy(true);
    try {
      setFound(await storageServer().rules.preview.query({ script }));
    } catch (error) {
      tellProblem(toProblem(error));
    }
    setBusy(false);
  };
  return (
    <div className="rule-try">
      <Button icon="search" disabled={busy} data-testid="rule-try" onClick={() => void ask()}>
        {t('preview-ask')}
      </Button>
      <p role="status">{found === null ? '' : t('preview', { n: found.matched, of: found.of })}</p>
    </div>
  );
}
