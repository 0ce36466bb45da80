import { useState } from 'react';
import type { inferRouterOutputs } from '@trpc/server';
import { findActor } from '../../../common/history-actor.ts';
import type { ProfileRouter } from '../../../profile-server/router.ts';
import { Button } from '../parts/button.tsx';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import { readAgain } from '../profile/save-item.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { formatTimeOfDay } from '../text/format.ts';
import { historyTexts } from '../text/history.ts';
import { languageStore, say, useText } from '../text/text.ts';
import { Changes } from './changes.tsx';
import { usePreferenceName } from './preference-names.ts';

export type HistoryEntry = inferRouterOutputs<ProfileRouter>['profile']['history']['entries'][number];

/** One change: of what, when, from where, what of it, and its undo; `others` were changed alike at the same moment. */
export function HistoryLine({ entry, others }: { entry: HistoryEntry; others: number }) {
  const t = useText(historyTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const namePreference = usePreferenceName();
  const [busy, setBusy] = useState(false);
  const name = entry.part === 'preferences' ? namePreference(entry.id) : entry.name;
  const time = formatTimeOfDay(entry.at, language, zone);
  const actor = findActor(entry.session);
  const place = [entry.client, entry.address].filter(Boolean).join(', ');
  const who = actor === undefined ? place || t('by-other') : t(`by-${actor}`);
  const undo = async (): Promise<void> => {
    setBusy(true);
    try {
      const { revision, part, id } = entry;
      await profileServer().profile.undo.mutate({ revision, part, id });
      await readAgain();
      tell({ kind: 'done', text: say(historyTexts, 'undone', { name }), action: null, lasts: 5000 });
    } catch (error) {
      tellProblem(toProblem(error));
    }
    setBusy(false);
  };
  // What the organisation gave is taken back by the organisation.
  const isOwn = entry.session !== 'layer' && others === 0;
  return (
    <li className="card" data-testid="history-line">
      <div className="card-head">
        <div className="card-title">
          <h3>
            {t(`change-${entry.change}`)} · {t(`part-${entry.part}`)}: {name}
            {others > 0 ? ` ${t('and-others', { n: others })}` : ''}
          </h3>
          <p>{t('by', { time, who })}</p>
        </div>
        {isOwn ? (
          <Button
            look="quiet"
            disabled={busy}
            aria-label={t('undo-one', { name, time })}
            data-testid="history-undo"
            onClick={() => void undo()}
          >
            {t('undo')}
          </Button>
        ) : null}
      </div>
      {entry.change === 'changed' && others === 0 ? (
        <Changes fields={entry.fields} preference={entry.part === 'preferences' ? entry.id : null} />
      ) : null}
    </li>
  );
}
