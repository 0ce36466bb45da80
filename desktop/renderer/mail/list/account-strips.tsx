import type { Account } from '../../../../common/shapes/account.ts';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { useProfile } from '../../profile/profile-store.ts';
import { askSignIn } from '../../shell/ask-sign-in.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { checkStore } from '../check.ts';
import { pauseFetching } from '../pause.ts';
import { decideStrip } from './strip-rule.ts';

/** Above the inbox, for accounts of which one should know there: sign-in needed, or the first fetch of many mails. */
export function AccountStrips({ account: only }: { account: string | null }) {
  const { accounts } = useProfile();
  const shown = accounts.filter(({ id }) => only === null || id === only);
  return shown.map((account) => <AccountStrip key={account.id} account={account} />);
}

function AccountStrip({ account }: { account: Account }) {
  const t = useText(mailTexts);
  const running = useStore(checkStore).running.get(account.id);
  const kind = decideStrip(account, running);
  const { email } = account;
  if (kind === null) return null;
  const [text, label, run] =
    kind === 'sign-in' || kind === 'password'
      ? [
          t(kind === 'sign-in' ? 'needs-sign-in' : 'needs-password', { account: email }),
          t(kind === 'sign-in' ? 'sign-in' : 'enter-password'),
          () => askSignIn(account.id),
        ]
      : kind === 'paused'
        ? [t('import-paused', { account: email }), t('go-on'), () => void pauseFetching(account, false)]
        : [
            t('import-goes', { account: email, done: running?.done ?? 0, all: running?.total ?? 0 }),
            t('pause'),
            () => void pauseFetching(account, true),
          ];
  return (
    <div
      className={`strip strip-${kind === 'password' ? 'sign-in' : kind}`}
      data-testid="account-strip"
      data-kind={kind}
    >
      <Icon name={kind === 'paused' ? 'pause' : kind === 'import' ? 'inbox' : 'lock'} size={16} />
      <div className="strip-text">
        <p>{text}</p>
        {kind === 'import' ? (
          <progress max={running?.total ?? 1} value={running?.done ?? 0} aria-label={text} />
        ) : null}
      </div>
      <button type="button" className="button" onClick={run}>
        {label}
      </button>
    </div>
  );
}
