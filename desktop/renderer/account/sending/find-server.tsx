import { useState } from 'react';
import type { SmtpSettings } from '../../../../common/shapes/account.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { storageServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { accountTexts } from '../../text/account.ts';
import { useText } from '../../text/text.ts';
import { isAddress, type AccountForm } from '../form/account-form.ts';

/** Looks up the provider's server for sending from the address, and fills it in. */
export function FindServer({ form, onForm }: { form: AccountForm; onForm: (form: AccountForm) => void }) {
  const t = useText(accountTexts);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<SmtpSettings | 'none' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const find = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setFound(null);
    try {
      const discovery = await storageServer().discover.find.mutate({ email: form.email.trim() });
      const smtp = discovery.found.find((one) => one.smtp !== null)?.smtp ?? null;
      setFound(smtp ?? 'none');
      if (smtp === null) return;
      const { host, port, tls, user, auth } = smtp;
      onForm({
        ...form,
        smtpHost: host,
        smtpPort: String(port),
        smtpTls: tls,
        smtpUser: user ?? '',
        smtpAuth: auth,
      });
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="find-server">
      <Button
        icon="search"
        disabled={busy || !isAddress(form.email)}
        data-testid="find-smtp"
        onClick={() => void find()}
      >
        {t('find-server')}
      </Button>
      <p role="status" data-testid="found-smtp">
        {busy ? t('finding') : null}
        {found === 'none' ? t('found-nothing') : null}
        {found === null || found === 'none'
          ? null
          : t('found-server', { host: found.host, port: String(found.port) })}
      </p>
      <ProblemBox problem={problem} />
    </div>
  );
}
