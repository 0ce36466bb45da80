import { isSilent } from '../../../../common/is-silent.ts';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../../parts/button.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { RemoveDialog } from '../../shell/remove-dialog.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { adminPartTexts } from '../../text/admin-parts.ts';
import { formatAgo } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import { Loaded, Page } from '../page.tsx';
import { partsQuery } from './parts-query.ts';

/** The servers of this Valija: which there are, which are silent; new ones come with a code, bad ones are shut out. */
export function Parts() {
  const t = useText(adminPartTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const query = useQuery(partsQuery);
  const [code, setCode] = useState<{ kind: 'storage-server' | 'smtp-relay'; code: string } | null>(null);
  const [shutting, setShutting] = useState<string | null>(null);
  const make = useAct(
    async (kind: 'storage-server' | 'smtp-relay') => {
      const made = await profileServer().part.makeCode.mutate({ kind });
      setCode({ kind, code: made.code });
    },
    { keys: [] },
  );
  const edit = useAct(
    async (input: { id: string; newUsers: boolean }) => await profileServer().part.edit.mutate(input),
    { keys: ['parts'] },
  );
  return (
    <Page
      title={t('parts')}
      lead={t('parts-lead')}
      tools={
        <>
          <Button icon="plus" onClick={() => make.mutate('storage-server')}>
            {t('enrol-storage')}
          </Button>
          <Button icon="plus" onClick={() => make.mutate('smtp-relay')}>
            {t('enrol-relay')}
          </Button>
        </>
      }
    >
      {code === null ? null : (
        <section className="panel" aria-label={t('code-title')}>
          <h2>{t('code-title')}</h2>
          <CopyText
            label={t('copy')}
            done={t('copied')}
            text={`valija serve ${code.kind} --enrol ${code.code}`}
            testId="enrol-code"
          />
          <p className="card-note">{t('code-once')}</p>
        </section>
      )}
      <Loaded query={query}>
        {({ parts }) => (
          <ul className="cards">
            {parts.map((part) => {
              const out = part.state === 'shut-out';
              const silent = isSilent(part.lastSeen, now);
              return (
                <li key={part.id} className="card" data-testid="part-card">
                  <div className="card-head">
                    <Icon name={part.kind === 'smtp-relay' ? 'sent' : 'archive'} size={20} />
                    <div className="card-title">
                      <h2>{t(`kind-${part.kind}`)}</h2>
                      <p>
                        {part.url ?? ''} · {part.id}
                      </p>
                    </div>
                    <span className={out || silent ? 'badge badge-bad' : 'badge badge-good'}>
                      <Icon name={out ? 'lock' : silent ? 'warning' : 'check'} size={13} />
                      {out ? t('shut-out') : silent ? t('silent') : t('alive')}
                    </span>
                  </div>
                  <p className="card-note">
                    {part.lastSeen === null
                      ? t('never-seen')
                      : t('seen', { ago: formatAgo(part.lastSeen, now, language) })}
                    {part.users === null ? '' : ` · ${t('part-users', { n: part.users })}`}
                    {part.newUsers === false ? ` · ${t('part-closed')}` : ''}
                  </p>
                  {out ? null : (
                    <div className="card-actions">
                      {part.newUsers === null ? null : (
                        <Button
                          onClick={() => edit.mutate({ id: part.id, newUsers: part.newUsers === false })}
                        >
                          {part.newUsers ? t('close-home') : t('open-home')}
                        </Button>
                      )}
                      <Button look="quiet" icon="lock" onClick={() => setShutting(part.id)}>
                        {t('shut-part')}
                      </Button>
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
      {shutting === null ? null : (
        <RemoveDialog
          title={t('shut-title')}
          text={t('shut-text')}
          yes={t('shut-part')}
          done={t('shut-done')}
          remove={async () => {
            await profileServer().part.shutOut.mutate({ id: shutting });
            await queries.invalidateQueries({ queryKey: ['admin'] });
          }}
          onClose={() => setShutting(null)}
        />
      )}
    </Page>
  );
}
