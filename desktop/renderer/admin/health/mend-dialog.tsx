import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { TLS_MODES, type TlsMode } from '../../../../common/shapes/account.ts';
import type { MendReport } from '../../../../common/shapes/health.ts';
import { SelectField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { profileServer } from '../../session/clients.ts';
import { useRun } from '../../session/use-run.ts';
import { tell } from '../../shell/notices.ts';
import { accountTexts } from '../../text/account.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { say, useText } from '../../text/text.ts';
import { queries } from '../../mail/cache/mail-cache.ts';

/** Another host, port or encryption for all accounts on a host: first what would change, then, where passwords go elsewhere, the host typed once more. */
export function MendDialog({
  hosts,
  organisation,
  onClose,
}: {
  hosts: readonly string[];
  organisation: boolean;
  onClose: () => void;
}) {
  const t = useText(adminHealthTexts);
  const account = useText(accountTexts);
  const [from, setFrom] = useState(hosts[0] ?? '');
  const [host, setHost] = useState(hosts[0] ?? '');
  const now = usePlace(from);
  const [typedPort, setPort] = useState<string | null>(null);
  const [pickedTls, setTls] = useState<TlsMode | null>(null);
  const port = typedPort ?? String(now.port);
  const tls = pickedTls ?? now.tls;
  const [confirm, setConfirm] = useState('');
  const [report, setReport] = useState<MendReport | null>(null);
  const { busy, problem, run, forget } = useRun();
  /** Nothing is changed before it was said what. */
  const isDry = report === null || countChanges(report) === 0;
  const change = (work: () => void): void => {
    work();
    setReport(null);
    forget();
  };
  const mend = async (): Promise<void> => {
    const to = { host: host.trim(), port: Number(port), tls };
    const confirmed = confirm === '' ? {} : { confirm };
    const done = await profileServer().health.mend.mutate({ from, to, dryRun: isDry, ...confirmed });
    setReport(done);
    if (isDry) return;
    const text = say(adminHealthTexts, 'mended', { n: done.changed });
    tell({ kind: 'done', text, action: null, lasts: 8000 });
    await queries.invalidateQueries({ queryKey: ['admin'] });
    onClose();
  };
  return (
    <FormDialog
      title={t('mend')}
      yes={
        isDry ? t('mend-try') : report.changed === 0 ? t('mend-layers') : t('mend-run', { n: report.changed })
      }
      testId={isDry ? 'mend-try' : 'mend-run'}
      wide
      busy={busy}
      problem={problem}
      byBrowser
      onSubmit={() => void run(mend)}
      onClose={onClose}
    >
      <p>{organisation ? t('mend-lead') : t('mend-lead-group')}</p>
      <SelectField
        label={t('mend-from')}
        value={from}
        choices={hosts.map((one) => ({ value: one, label: one }))}
        onPick={(value) =>
          change(() => {
            setFrom(value);
            setHost(value);
            setPort(null);
            setTls(null);
          })
        }
      />
      <Field
        label={t('mend-host')}
        value={host}
        disabled={!organisation}
        required
        maxLength={253}
        spellCheck={false}
        data-testid="mend-host"
        onChange={(event) => change(() => setHost(event.target.value))}
      />
      <div className="field-row field-row-even">
        <Field
          label={t('mend-port')}
          value={port}
          inputMode="numeric"
          pattern="[0-9]+"
          required
          maxLength={5}
          data-testid="mend-port"
          onChange={(event) => change(() => setPort(event.target.value))}
        />
        <SelectField
          label={t('mend-tls')}
          value={tls}
          choices={TLS_MODES.map((one) => ({ value: one, label: account(`tls-${one}`) }))}
          onPick={(value) => change(() => setTls(value as TlsMode))}
        />
      </div>
      {report === null ? null : <Outlook report={report} />}
      {report?.confirm === true && organisation ? (
        <Field
          label={t('mend-confirm', { host: host.trim() })}
          hint={t('mend-confirm-hint')}
          value={confirm}
          required
          spellCheck={false}
          autoComplete="off"
          data-testid="mend-confirm"
          onChange={(event) => setConfirm(event.target.value)}
        />
      ) : null}
    </FormDialog>
  );
}

/** Accounts, and those that layers give. */
function countChanges({ changed, layers }: MendReport): number {
  return changed + layers.filter(({ problem }) => problem === null).length;
}

/** How accounts on a host are spoken to now: the first of them tells, as they seldom differ. */
function usePlace(host: string): { port: number; tls: TlsMode } {
  const { data } = useQuery({
    queryKey: ['admin', 'health', 'place', host] as const,
    queryFn: async ({ signal }) =>
      (await profileServer().health.accounts.query({ host, limit: 1 }, { signal })).accounts[0]?.pop3 ?? null,
  });
  return data ?? { port: 995, tls: 'implicit' };
}

function Outlook({ report }: { report: MendReport }) {
  const t = useText(adminHealthTexts);
  return (
    <div className="note" role="status" data-testid="mend-outlook">
      <p>{t('outlook', { n: report.changed, users: report.users })}</p>
      {report.layers.length === 0 ? null : (
        <ul className="plain-list">
          {report.layers.map(({ of, name, email, problem }) => (
            <li key={`${of} ${email}`}>
              {name === null ? t('layer-organisation', { email }) : t('layer-group', { email, group: name })}
              {problem === null ? null : `: ${t(`problem-${problem}`)}`}
            </li>
          ))}
        </ul>
      )}
      {report.same === 0 ? null : <p>{t('outlook-same', { n: report.same })}</p>}
      {report.problems.length === 0 ? null : (
        <>
          <p>{t('outlook-left', { n: report.problems.length })}</p>
          <ul className="plain-list">
            {report.problems.slice(0, 20).map(({ account, user, email, reason }) => (
              <li key={account}>
                {email} ({user}): {t(`problem-${reason}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
