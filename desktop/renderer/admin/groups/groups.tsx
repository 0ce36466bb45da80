import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../../parts/button.tsx';
import { Blank } from '../../parts/states.tsx';
import { profileServer } from '../../session/clients.ts';
import { RemoveDialog } from '../../shell/remove-dialog.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { useText } from '../../text/text.ts';
import { Loaded, Page } from '../page.tsx';
import { groupsQuery, type GroupRow } from './group-query.ts';
import { AdminsDialog } from './admins-dialog.tsx';
import { NameDialog } from './name-dialog.tsx';

/** Groups of users and who looks after each. Group admins see theirs. */
export function Groups({ organisation }: { organisation: boolean }) {
  const t = useText(adminUserTexts);
  const query = useQuery(groupsQuery);
  const [asked, setAsked] = useState<{
    what: 'add' | 'rename' | 'admins' | 'remove';
    group: GroupRow | null;
  } | null>(null);
  const close = (): void => setAsked(null);
  const group = asked?.group ?? null;
  return (
    <Page
      title={t('groups')}
      lead={organisation ? t('groups-lead') : t('groups-lead-group')}
      tools={
        organisation ? (
          <Button
            icon="plus"
            look="main"
            data-testid="group-add"
            onClick={() => setAsked({ what: 'add', group: null })}
          >
            {t('group-add')}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {(groups) =>
          groups.length === 0 ? (
            <Blank icon="label" text={t('no-groups')} />
          ) : (
            <ul className="cards">
              {groups.map((one) => (
                <li key={one.id} className="card" data-testid="group-card">
                  <div className="card-title">
                    <h2>{one.name}</h2>
                    <p>
                      {t('group-users', { n: one.users })} ·{' '}
                      {one.admins.length === 0
                        ? t('group-no-admins')
                        : t('group-admins', { names: one.admins.map(({ name }) => name).join(', ') })}
                    </p>
                  </div>
                  {organisation ? (
                    <div className="card-actions">
                      <Button icon="person" onClick={() => setAsked({ what: 'admins', group: one })}>
                        {t('group-set-admins')}
                      </Button>
                      <Button icon="compose" onClick={() => setAsked({ what: 'rename', group: one })}>
                        {t('rename')}
                      </Button>
                      <Button
                        look="quiet"
                        icon="trash"
                        onClick={() => setAsked({ what: 'remove', group: one })}
                      >
                        {t('remove')}
                      </Button>
                    </div>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {asked?.what === 'add' || asked?.what === 'rename' ? (
        <NameDialog group={group} onClose={close} />
      ) : null}
      {asked?.what === 'admins' && group !== null ? <AdminsDialog group={group} onClose={close} /> : null}
      {asked?.what === 'remove' && group !== null ? (
        <RemoveDialog
          title={t('group-remove-title', { name: group.name })}
          text={t('group-remove-text')}
          yes={t('remove')}
          done={t('group-removed', { name: group.name })}
          remove={async () => {
            await profileServer().group.remove.mutate({ id: group.id });
            await queries.invalidateQueries({ queryKey: ['admin'] });
          }}
          onClose={close}
        />
      ) : null}
    </Page>
  );
}
