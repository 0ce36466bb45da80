import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { AppPassword, NewAppPassword } from './app-password.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { Blank, Failure, Skeleton } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { RemoveDialog } from '../../shell/remove-dialog.tsx';
import { formatAgo } from '../../text/format-more.ts';
import { programTexts } from '../../text/programs.ts';
import { languageStore, useText } from '../../text/text.ts';
import { AddProgram } from './add-program.tsx';
import { NewPassword } from './new-password.tsx';

const KEY = ['app-passwords'] as const;

/** Other programs that send through Valija, each with a password of its own. */
export function Programs() {
  const t = useText(programTexts);
  const [made, setMade] = useState<NewAppPassword | null>(null);
  const [going, setGoing] = useState<AppPassword | null>(null);
  const query = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await profileServer().appPassword.list.query(undefined, { signal })).appPasswords,
    staleTime: 0,
  });
  const reload = (): void => void queries.invalidateQueries({ queryKey: KEY });
  const remove = async ({ id }: AppPassword): Promise<void> => {
    await profileServer().appPassword.remove.mutate({ id });
    if (made?.id === id) setMade(null);
    reload();
  };
  return (
    <div className="settings-page" data-testid="programs">
      <header className="settings-head">
        <h1>{t('title')}</h1>
      </header>
      <p className="settings-lead">{t('lead')}</p>
      {made === null ? null : <NewPassword key={made.id} made={made} onDone={() => setMade(null)} />}
      <AddProgram
        onMade={(added) => {
          setMade(added);
          reload();
        }}
      />
      {query.isPending ? <Skeleton rows={3} kind="rows" /> : null}
      {query.isError ? (
        <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data?.length === 0 && made === null ? <Blank icon="key" text={t('none')} /> : null}
      {query.data === undefined || query.data.length === 0 ? null : (
        <ul className="cards" aria-label={t('list')}>
          {query.data.map((one) => (
            <Program key={one.id} program={one} onRemove={() => setGoing(one)} />
          ))}
        </ul>
      )}
      {going === null ? null : (
        <RemoveDialog
          title={t('remove-title', { name: going.name })}
          text={t('remove-text')}
          yes={t('remove')}
          done={t('removed', { name: going.name })}
          testId="program-remove-yes"
          remove={async () => await remove(going)}
          onClose={() => setGoing(null)}
        />
      )}
    </div>
  );
}

function Program({ program, onRemove }: { program: AppPassword; onRemove: () => void }) {
  const t = useText(programTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const { name, lastUsed, lastAddress, createdAt } = program;
  const used =
    lastUsed === null
      ? t('never-used', { ago: formatAgo(createdAt, now, language) })
      : t('last-used', { ago: formatAgo(lastUsed, now, language), address: lastAddress ?? '' });
  return (
    <li className="card card-line" data-testid="program">
      <Icon name="key" size={22} />
      <div className="card-title">
        <h2>{name}</h2>
        <p>{used}</p>
      </div>
      <Button aria-label={t('remove-name', { name })} onClick={onRemove}>
        {t('remove')}
      </Button>
    </li>
  );
}
