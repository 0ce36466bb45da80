import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../parts/dialog.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { formatAgo } from '../../text/format-more.ts';
import { shellTexts } from '../../text/shell.ts';
import { languageStore, useText } from '../../text/text.ts';
import { Loaded } from '../page.tsx';
import { PlainTable } from '../table/plain-table.tsx';
import { CodeSlip } from './code-slip.tsx';
import { UserActions } from './user-actions.tsx';

export type UserView = Awaited<ReturnType<ReturnType<typeof profileServer>['user']['show']['query']>>;

/** One user: what admins see, and what they may do. */
export function UserDialog({
  id,
  organisation,
  onClose,
}: {
  id: string;
  organisation: boolean;
  onClose: () => void;
}) {
  const shell = useText(shellTexts);
  const query = useQuery({
    queryKey: ['admin', 'user', id] as const,
    staleTime: 0,
    queryFn: async ({ signal }) => await profileServer().user.show.query({ id }, { signal }),
  });
  const [slip, setSlip] = useState<{ kind: 'invite' | 'reset'; code: string } | null>(null);
  const title = query.data?.displayName ?? query.data?.name ?? '…';
  if (slip !== null && query.data !== undefined)
    return <CodeSlip {...slip} name={query.data.name} onClose={onClose} />;
  return (
    <Dialog title={title} closeLabel={shell('close')} onClose={onClose} wide>
      <div className="dialog-body" data-testid="user-dialog">
        <Loaded query={query}>
          {(user) => (
            <>
              <Facts user={user} />
              <UserActions user={user} organisation={organisation} onSlip={setSlip} onGone={onClose} />
              <Acts user={user} />
            </>
          )}
        </Loaded>
      </div>
    </Dialog>
  );
}

function Facts({ user }: { user: UserView }) {
  const t = useText(adminUserTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const factors = [
    ...(user.factors.totp ? [t('factor-totp')] : []),
    ...(user.factors.passkeys > 0 ? [t('factor-passkeys', { n: user.factors.passkeys })] : []),
  ];
  const facts: [string, string][] = [
    [t('field-name'), user.name],
    [t('group'), user.group?.name ?? t('no-group')],
    [t('state'), t(`state-${user.state}`)],
    [t('fact-source'), t(`source-${user.source}`)],
    [t('column-seen'), user.lastSignIn === null ? t('never') : formatAgo(user.lastSignIn, now, language)],
    [t('fact-sessions'), String(user.sessions)],
    [t('fact-factors'), factors.length === 0 ? t('factor-none') : factors.join(', ')],
    [t('fact-second'), t(`second-${user.secondAddress}`)],
    [
      t('column-accounts'),
      user.failing === 0
        ? String(user.accounts)
        : t('accounts-failing', { n: user.accounts, failing: user.failing }),
    ],
  ];
  return (
    <dl className="facts-list">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Acts({ user }: { user: UserView }) {
  const t = useText(adminUserTexts);
  const language = useStore(languageStore);
  const now = useNow();
  if (user.acts.length === 0) return null;
  return (
    <PlainTable
      title={t('acts')}
      heads={[t('act-when'), t('act-what'), t('act-who')]}
      rows={user.acts.map(({ at, action, by }, index) => ({
        key: String(index),
        cells: [formatAgo(at, now, language), <code key="action">{action}</code>, by],
      }))}
    />
  );
}
