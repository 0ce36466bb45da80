import { useEffect, useRef } from 'react';
import type { NewAppPassword } from './app-password.ts';
import { Button } from '../../parts/button.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { programTexts } from '../../text/programs.ts';
import { useText } from '../../text/text.ts';

/** The password, this once, and everything else that has to be typed into the program. */
export function NewPassword({ made, onDone }: { made: NewAppPassword; onDone: () => void }) {
  const t = useText(programTexts);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const { name, login, password, submission } = made;
  return (
    <section
      ref={panel}
      className="panel new-password"
      aria-label={t('made-title', { name })}
      data-testid="program-made"
      tabIndex={-1}
    >
      <h2>{t('made-title', { name })}</h2>
      <CopyText label={t('copy')} done={t('copied')} text={password} testId="program-password" />
      <p>{t('once')}</p>
      {submission === null ? (
        <p className="note note-warning">{t('no-relay')}</p>
      ) : (
        <>
          <p>{t('type-in')}</p>
          <dl className="facts-list">
            <Fact name={t('server')} value={submission.host} />
            <Fact name={t('port')} value={String(submission.port)} />
            <Fact name={t('security')} value={submission.tls ? 'STARTTLS' : t('no-tls')} />
            <Fact name={t('login')} value={login} />
          </dl>
        </>
      )}
      <div className="card-actions">
        <Button icon="check" data-testid="program-noted" onClick={onDone}>
          {t('noted')}
        </Button>
      </div>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="mono">{value}</dd>
    </div>
  );
}
