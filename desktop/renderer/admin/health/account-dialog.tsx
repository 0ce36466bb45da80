import { useState } from 'react';
import { INTERVAL_SECONDS } from '../../../../common/shapes/account.ts';
import type { HealthRow } from '../../../../common/shapes/health.ts';
import { Trouble } from '../../account/trouble.tsx';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { accountTexts } from '../../text/account.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { formatAgo } from '../../text/format-more.ts';
import { shellTexts } from '../../text/shell.ts';
import { languageStore, say, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import { MendDialog } from './mend-dialog.tsx';
import { StateBadge } from './state-badge.tsx';

/** One account: how it is and why, and what an admin may do about it. */
export function AccountDialog({
  row,
  organisation,
  onClose,
}: {
  row: HealthRow;
  organisation: boolean;
  onClose: () => void;
}) {
  const t = useText(adminHealthTexts);
  const shell = useText(shellTexts);
  const account = useText(accountTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const [minutes, setMinutes] = useState(String(Math.round(row.interval / 60)));
  const [paused, setPaused] = useState(row.paused);
  const [mending, setMending] = useState(false);
  const after = { keys: ['health', 'heat-map'] };
  const retry = useAct(
    async () => await profileServer().health.retry.mutate({ accounts: [row.id], refused: true }),
    { ...after, done: ({ accounts }) => say(adminHealthTexts, 'tried', { n: accounts }) },
  );
  const fix = useAct(
    async () =>
      await profileServer().health.fix.mutate({
        account: row.id,
        interval: Math.round(Number(minutes) * 60),
        paused,
      }),
    { ...after, done: () => say(adminHealthTexts, 'fixed', { account: row.email }) },
  );
  if (mending) return <MendDialog hosts={[row.pop3.host]} organisation={organisation} onClose={onClose} />;
  const when = (time: string | null): string => (time === null ? t('never') : formatAgo(time, now, language));
  const { host, port, tls, user } = row.pop3;
  const facts: [string, string][] = [
    [t('fact-user'), row.group === null ? row.user.name : `${row.user.name} · ${row.group.name}`],
    [t('column-host'), `${host}:${port}, ${account(`tls-${tls}`)}`],
    [t('fact-login'), user],
    [t('fact-last'), when(row.lastSuccess)],
    [t('fact-since'), when(row.failingSince)],
    [t('fact-next'), row.nextTry === null ? t('not-planned') : formatAgo(row.nextTry, now, language)],
  ];
  return (
    <Dialog title={row.email} closeLabel={shell('close')} onClose={onClose} wide>
      <div className="dialog-body" data-testid="account-dialog">
        <p>
          <StateBadge state={row.state} />
        </p>
        {row.error === null ? null : <Trouble problem={row.error} />}
        <dl className="facts-list">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <form
          className="group"
          onSubmit={(event) => {
            event.preventDefault();
            fix.mutate(undefined);
            onClose();
          }}
        >
          <Field
            label={t('every-minutes')}
            type="number"
            min={INTERVAL_SECONDS.min / 60}
            max={INTERVAL_SECONDS.max / 60}
            required
            value={minutes}
            onChange={(event) => setMinutes(event.target.value)}
          />
          <Check label={t('pause')} checked={paused} onPick={setPaused} hint={t('pause-hint')} />
          <div className="card-actions">
            <Button type="submit" disabled={fix.isPending}>
              {t('save')}
            </Button>
          </div>
        </form>
        <p className="card-note">{t('told')}</p>
        <footer className="dialog-foot">
          <Button icon="settings" onClick={() => setMending(true)}>
            {t('mend')}
          </Button>
          <Button
            icon="refresh"
            look="main"
            disabled={retry.isPending}
            onClick={() => {
              retry.mutate(undefined);
              onClose();
            }}
          >
            {t('try-now')}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}
