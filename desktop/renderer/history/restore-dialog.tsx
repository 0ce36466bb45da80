import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Failure, Skeleton } from '../parts/states.tsx';
import { readAgain } from '../profile/save-item.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { historyTexts } from '../text/history.ts';
import { shellTexts } from '../text/shell.ts';
import { say, useText } from '../text/text.ts';
import { Changes } from './changes.tsx';
import { usePreferenceName } from './preference-names.ts';

/** Shows what going back to a day would change, and does it. */
export function RestoreDialog({
  day,
  revision,
  onClose,
}: {
  day: string;
  /** The last one of that day. */
  revision: number;
  onClose: () => void;
}) {
  const t = useText(historyTexts);
  const shell = useText(shellTexts);
  const namePreference = usePreferenceName();
  const [busy, setBusy] = useState(false);
  const query = useQuery({
    queryKey: ['profile', 'restore', revision],
    queryFn: async () => await profileServer().profile.restore.mutate({ at: null, revision, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
  const items = query.data?.items ?? [];
  const changing = items.filter(({ change }) => change !== 'stays');
  const restore = async (): Promise<void> => {
    setBusy(true);
    try {
      const done = await profileServer().profile.restore.mutate({ at: null, revision, dryRun: false });
      await readAgain();
      const n = done.items.filter(({ change }) => change !== 'stays').length;
      tell({ kind: 'done', text: say(historyTexts, 'restored', { n }), action: null, lasts: 6000 });
    } catch (error) {
      tellProblem(toProblem(error));
    }
    onClose();
  };
  return (
    <Dialog wide title={t('restore-title', { day })} closeLabel={shell('close')} onClose={onClose}>
      <div className="dialog-body" data-testid="restore-preview">
        {query.isError ? (
          <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <Skeleton rows={4} kind="text" />
        ) : changing.length === 0 ? (
          <p>{t('restore-same')}</p>
        ) : (
          <>
            <p>{t('restore-lead')}</p>
            <p>
              <strong>{t('restore-count', { n: changing.length })}</strong>
            </p>
            <ul className="cards">
              {items.map(({ part, id, name, change, fields }) => (
                <li key={`${part} ${id}`}>
                  <strong>{t(`change-${change}`)}</strong> · {t(`part-${part}`)}:{' '}
                  {part === 'preferences' ? namePreference(id) : name}
                  <Changes fields={fields} preference={part === 'preferences' ? id : null} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <footer className="dialog-foot">
        <Button onClick={onClose}>{shell('cancel')}</Button>
        <Button
          look="main"
          disabled={busy || changing.length === 0}
          data-testid="restore-run"
          onClick={() => void restore()}
        >
          {t('restore')}
        </Button>
      </footer>
    </Dialog>
  );
}
