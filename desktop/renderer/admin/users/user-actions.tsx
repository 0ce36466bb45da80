import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { SelectField } from '../../parts/choice-fields.tsx';
import { profileServer } from '../../session/clients.ts';
import { useStore } from '../../parts/store.ts';
import { userStore } from '../../session/session.ts';
import { RemoveDialog } from '../../shell/remove-dialog.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { say, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import { useGroups } from '../groups/group-query.ts';
import { ResetBox } from './reset-box.tsx';
import type { UserView } from './user-dialog.tsx';

/** What an admin may do to a user; nothing of it touches mail or secrets. */
export function UserActions({
  user,
  organisation,
  onSlip,
  onGone,
}: {
  user: UserView;
  organisation: boolean;
  onSlip: (slip: { kind: 'invite' | 'reset'; code: string }) => void;
  onGone: () => void;
}) {
  const t = useText(adminUserTexts);
  const own = useStore(userStore)?.id === user.id;
  const groups = useGroups();
  const [removing, setRemoving] = useState(false);
  const after = {
    keys: ['user', 'users', 'groups'],
    done: () => say(adminUserTexts, 'done-user', { name: user.name }),
  };
  const { user: calls } = profileServer();
  const { id } = user;
  const shut = useAct(
    async (out: boolean) => await (out ? calls.disable.mutate({ id }) : calls.enable.mutate({ id })),
    after,
  );
  const group = useAct(async (to: string) => await calls.setGroup.mutate({ id, group: to || null }), after);
  const admin = useAct(async (to: boolean) => await calls.setAdmin.mutate({ id, admin: to }), after);
  const restore = useAct(async () => await calls.restore.mutate({ id }), after);
  const invite = useAct(async () => await calls.invite.mutate({ id }), {
    keys: ['user'],
    done: ({ code }) => {
      onSlip({ kind: 'invite', code });
      return null;
    },
  });
  if (user.state === 'removed') {
    return (
      <div className="card-actions">
        <Button icon="undo" onClick={() => restore.mutate(undefined)}>
          {t('restore')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <SelectField
        label={t('group')}
        value={user.group?.id ?? ''}
        onPick={(to) => group.mutate(to)}
        choices={[
          ...(organisation ? [{ value: '', label: t('no-group') }] : []),
          ...groups.map(({ id: value, name }) => ({ value, label: name })),
        ]}
      />
      {user.state === 'active' && !own ? <ResetBox user={user} onSlip={onSlip} /> : null}
      <div className="card-actions">
        {user.state === 'invited' ? (
          <Button icon="key" data-testid="user-invite" onClick={() => invite.mutate(undefined)}>
            {t('invite-again')}
          </Button>
        ) : null}
        {own ? null : (
          <Button
            icon={user.state === 'disabled' ? 'play' : 'pause'}
            disabled={shut.isPending}
            data-testid="user-disable"
            onClick={() => shut.mutate(user.state !== 'disabled')}
          >
            {user.state === 'disabled' ? t('enable') : t('disable')}
          </Button>
        )}
        {organisation && !own ? (
          <Button icon="key" disabled={admin.isPending} onClick={() => admin.mutate(!user.admin)}>
            {user.admin ? t('no-admin') : t('make-admin')}
          </Button>
        ) : null}
        {own ? null : (
          <Button look="quiet" icon="trash" onClick={() => setRemoving(true)}>
            {t('remove')}
          </Button>
        )}
      </div>
      {removing ? (
        <RemoveDialog
          title={t('remove-title', { name: user.name })}
          text={t('remove-text')}
          yes={t('remove')}
          done={t('removed', { name: user.name })}
          remove={async () => {
            await calls.remove.mutate({ id });
            await queries.invalidateQueries({ queryKey: ['admin'] });
            onGone();
          }}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </>
  );
}
