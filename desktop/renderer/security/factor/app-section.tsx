import { useState, type FormEvent } from 'react';
import type { BegunTotp, FactorList } from '../../../../common/shapes/factor.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { useRun } from '../../session/use-run.ts';
import { TotpSecret } from '../../session/steps/totp-secret.tsx';
import { formatAgo } from '../../text/format-more.ts';
import { securityTexts } from '../../text/security.ts';
import { languageStore, useText } from '../../text/text.ts';
import { bringUp } from '../bring-up.ts';
import { reloadFactors } from './factors.ts';
import { ProofDialog } from './proof-dialog.tsx';
import { Section } from '../section.tsx';

/** An authenticator app as second factor: its secret is shown once, and its first code proves that it has it. */
export function AppSection({
  factors,
  hasPassword,
  onRecovery,
}: {
  factors: FactorList;
  hasPassword: boolean;
  onRecovery: (codes: string[]) => void;
}) {
  const t = useText(securityTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const [asking, setAsking] = useState<'add' | 'remove' | null>(null);
  const [begun, setBegun] = useState<BegunTotp | null>(null);
  const { totp } = factors;
  return (
    <Section title={t('app')} lead={t('app-lead')} testId="security-app">
      {begun !== null ? (
        <ConfirmApp
          begun={begun}
          onDone={(recovery) => {
            setBegun(null);
            reloadFactors();
            if (recovery !== null) onRecovery(recovery);
          }}
          onLeave={() => setBegun(null)}
        />
      ) : totp === null ? (
        <Button icon="plus" data-testid="totp-add" onClick={() => setAsking('add')}>
          {t('app-add')}
        </Button>
      ) : (
        <div className="card card-line">
          <div className="card-title">
            <h3>{t('app-on')}</h3>
            <p>
              {totp.lastUsed === null
                ? t('never-used')
                : t('last-used', { ago: formatAgo(totp.lastUsed, now, language) })}
            </p>
          </div>
          <Button data-testid="totp-remove" onClick={() => setAsking('remove')}>
            {t('remove')}
          </Button>
        </div>
      )}
      {asking === null ? null : (
        <ProofDialog
          title={t(asking === 'add' ? 'app-add' : 'app-remove')}
          yes={t(asking === 'add' ? 'go-on' : 'remove')}
          hasPassword={hasPassword}
          act={async (proof) => {
            if (asking === 'add') return setBegun(await profileServer().factor.beginTotp.mutate({ proof }));
            await profileServer().factor.removeTotp.mutate({ proof });
            reloadFactors();
          }}
          onClose={() => setAsking(null)}
        >
          {asking === 'remove' ? <p>{t('app-remove-text')}</p> : null}
        </ProofDialog>
      )}
    </Section>
  );
}

function ConfirmApp({
  begun,
  onDone,
  onLeave,
}: {
  begun: BegunTotp;
  onDone: (recovery: string[] | null) => void;
  onLeave: () => void;
}) {
  const t = useText(securityTexts);
  const [code, setCode] = useState('');
  const { busy, problem, run } = useRun();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() === '') return;
    void run(async () => {
      const input = { ticket: begun.ticket, code: code.trim() };
      onDone((await profileServer().factor.confirmTotp.mutate(input)).recovery);
    });
  };
  return (
    <form ref={bringUp} className="panel security-form" noValidate onSubmit={submit}>
      <TotpSecret secret={begun.secret} uri={begun.uri} />
      <Field
        label={t('app-code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        data-testid="totp-code"
      />
      <ProblemBox problem={problem} />
      <div className="card-actions">
        <Button look="main" type="submit" disabled={busy || code.trim() === ''} data-testid="totp-confirm">
          {t('app-confirm')}
        </Button>
        <Button onClick={onLeave}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
