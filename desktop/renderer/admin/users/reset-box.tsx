import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/field.tsx';
import { profileServer } from '../../session/clients.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { say, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import type { UserView } from './user-dialog.tsx';

/** A reset: by mail to the second address, or a code that is handed over. An admin never sets or sees a password. */
export function ResetBox({
  user,
  onSlip,
}: {
  user: UserView;
  onSlip: (slip: { kind: 'reset'; code: string }) => void;
}) {
  const t = useText(adminUserTexts);
  const [alsoFactors, setAlsoFactors] = useState(false);
  const { id, reset: waiting } = user;
  const { user: calls } = profileServer();
  const reset = useAct(async (how: 'mail' | 'hand') => await calls.reset.mutate({ id, how, alsoFactors }), {
    keys: ['user', 'users'],
    done: ({ code, needsApproval }) => {
      if (code !== null) onSlip({ kind: 'reset', code });
      if (code !== null) return null;
      return say(adminUserTexts, needsApproval ? 'reset-waits' : 'reset-sent', { name: user.name });
    },
  });
  const approve = useAct(async () => await calls.approveReset.mutate({ id }), { keys: ['user', 'users'] });
  const end = useAct(async () => await calls.endReset.mutate({ id }), { keys: ['user', 'users'] });
  if (user.source !== 'local') return <p className="card-note">{t('reset-elsewhere')}</p>;
  return (
    <section className="group" aria-label={t('reset')}>
      <h3>{t('reset')}</h3>
      <p className="card-note">{t('reset-lead')}</p>
      {waiting === null ? null : (
        <div className="note">
          <p>{t(`reset-${waiting.state}`, { by: waiting.by })}</p>
          <div className="card-actions">
            {waiting.state === 'waiting' ? (
              <Button icon="check" disabled={approve.isPending} onClick={() => approve.mutate(undefined)}>
                {t('reset-approve')}
              </Button>
            ) : null}
            <Button icon="close" disabled={end.isPending} onClick={() => end.mutate(undefined)}>
              {t('reset-end')}
            </Button>
          </div>
        </div>
      )}
      <Check
        label={t('reset-factors')}
        checked={alsoFactors}
        onPick={setAlsoFactors}
        hint={t('reset-factors-hint')}
      />
      <div className="card-actions">
        <Button
          icon="sent"
          disabled={reset.isPending || user.secondAddress !== 'proven'}
          onClick={() => reset.mutate('mail')}
        >
          {t('reset-mail')}
        </Button>
        <Button
          icon="key"
          disabled={reset.isPending}
          data-testid="user-reset"
          onClick={() => reset.mutate('hand')}
        >
          {t('reset-hand')}
        </Button>
      </div>
    </section>
  );
}
