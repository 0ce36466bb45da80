import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/field.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';

/** Ten codes for the day on which the factor is lost, told this once: to be copied, printed, and confirmed. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useText(stepTexts);
  const [copied, setCopied] = useState(false);
  const [noted, setNoted] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join('\n')).catch(() => undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), 3000);
  };
  return (
    <div className="recovery" data-testid="recovery">
      <p>{t('recovery-lead')}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code data-testid="recovery-code">{code}</code>
          </li>
        ))}
      </ol>
      <div className="card-actions">
        <Button icon={copied ? 'check' : 'copy'} aria-live="polite" onClick={() => void copy()}>
          {copied ? t('copied') : t('copy')}
        </Button>
        <Button icon="print" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      <Check label={t('noted')} checked={noted} onPick={setNoted} />
      <Button look="main" disabled={!noted} data-testid="recovery-done" onClick={onDone}>
        {t('go-on')}
      </Button>
    </div>
  );
}
