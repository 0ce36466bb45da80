import { useState } from 'react';
import type { HeatRow } from '../../../../common/shapes/health.ts';
import { Button } from '../../parts/button.tsx';
import { profileServer } from '../../session/clients.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { say, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import { MendDialog } from './mend-dialog.tsx';

/** What can be done for all accounts of one provider. */
export function ProviderActions({ row, organisation }: { row: HeatRow; organisation: boolean }) {
  const t = useText(adminHealthTexts);
  const [mending, setMending] = useState(false);
  const retry = useAct(
    async (refused: boolean) =>
      await profileServer().health.retry.mutate({ provider: row.provider, refused }),
    {
      keys: ['health', 'heat-map'],
      done: ({ accounts }) => say(adminHealthTexts, 'tried', { n: accounts }),
    },
  );
  return (
    <section className="panel" aria-label={row.name} data-testid="provider-actions">
      <h2>{row.name}</h2>
      <p className="card-note">
        {t('provider-sums', { accounts: row.accounts, failing: row.failing, needs: row.needsSignIn })}
      </p>
      <div className="card-actions">
        <Button
          icon="refresh"
          look="main"
          disabled={retry.isPending}
          data-testid="try-all"
          onClick={() => retry.mutate(false)}
        >
          {t('try-all')}
        </Button>
        {row.needsSignIn === 0 ? null : (
          <Button
            icon="key"
            disabled={retry.isPending}
            title={t('try-refused-hint')}
            onClick={() => retry.mutate(true)}
          >
            {t('try-refused')}
          </Button>
        )}
        <Button icon="settings" data-testid="mend" onClick={() => setMending(true)}>
          {t('mend')}
        </Button>
      </div>
      {mending ? (
        <MendDialog hosts={row.hosts} organisation={organisation} onClose={() => setMending(false)} />
      ) : null}
    </section>
  );
}
