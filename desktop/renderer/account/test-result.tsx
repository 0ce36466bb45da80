import type { AccountProblem, AccountTest } from '../../../common/shapes/account.ts';
import { Icon } from '../parts/icon.tsx';
import { accountTexts } from '../text/account.ts';
import { useText } from '../text/text.ts';
import { Trouble } from './trouble.tsx';

/** What the connection test found, in plain words. */
export function TestResult({ result }: { result: AccountTest }) {
  const t = useText(accountTexts);
  const { pop3, smtp } = result;
  return (
    <ul className="test-result" data-testid="test-result">
      <Line
        title={t('receiving')}
        ok={pop3.ok}
        good={`${t('pop3-works', { n: pop3.messages ?? 0 })} ${pop3.tls === null ? t('not-encrypted') : t('encrypted', { tls: pop3.tls })}`}
        error={pop3.error}
      />
      {smtp === null ? null : (
        <Line
          title={t('sending')}
          ok={smtp.ok}
          good={`${t('smtp-works')} ${smtp.tls === null ? t('not-encrypted') : t('encrypted', { tls: smtp.tls })}`}
          error={smtp.error}
        />
      )}
    </ul>
  );
}

function Line({
  title,
  ok,
  good,
  error,
}: {
  title: string;
  ok: boolean;
  good: string;
  error: AccountProblem | null;
}) {
  return (
    <li data-ok={ok}>
      <Icon name={ok ? 'check' : 'warning'} />
      <div>
        <strong>{title}</strong>
        {ok || error === null ? <p>{good}</p> : <Trouble problem={error} />}
      </div>
    </li>
  );
}
