import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { storageServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { useExplain } from '../../shell/explain.ts';
import { tellProblem } from '../../shell/notices.ts';
import { formatTimeOfDay } from '../../text/format.ts';
import { composerTexts } from '../../text/composer.ts';
import { languageStore, useText } from '../../text/text.ts';
import type { DraftSession } from './draft-session.ts';

/** Whether the server has what is written; with a conflict, what to do about it. */
export function SavedLine({ session }: { session: DraftSession }) {
  const t = useText(composerTexts);
  const explain = useExplain();
  const { saving, savedAt, problem } = useStore(session.store);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  if (saving === 'conflict') return <Conflict session={session} />;
  const text = {
    empty: '',
    saved: savedAt === null ? t('saved') : t('saved-at', { time: formatTimeOfDay(savedAt, language, zone) }),
    unsaved: t('unsaved'),
    saving: t('saving'),
    failed: t('save-failed', { reason: problem === null ? '' : explain(problem, true) }),
  }[saving];
  return (
    <p
      className={`saved saved-${saving}`}
      role="status"
      aria-live="polite"
      data-testid="saved"
      data-saving={saving}
    >
      {text}
    </p>
  );
}

function Conflict({ session }: { session: DraftSession }) {
  const t = useText(composerTexts);
  const { id } = useStore(session.store);
  const takeTheirs = async (): Promise<void> => {
    if (id === null) return;
    try {
      session.takeTheirs(await storageServer().draft.open.query({ id }));
    } catch (error) {
      tellProblem(toProblem(error));
    }
  };
  return (
    <div className="saved saved-conflict" role="alert">
      <span>{t('conflict')}</span>
      <button type="button" className="link-button" onClick={() => void takeTheirs()}>
        {t('take-theirs')}
      </button>
      <button type="button" className="link-button" onClick={() => void session.keepMine()}>
        {t('keep-mine')}
      </button>
    </div>
  );
}
