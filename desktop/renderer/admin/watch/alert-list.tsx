import type { AlertView } from '../../../../common/shapes/alert.ts';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { adminWatchTexts } from '../../text/admin-watch.ts';
import { formatAgo } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';

/** What is or was wrong, each in one sentence. */
export function AlertList({ alerts }: { alerts: readonly AlertView[] }) {
  const t = useText(adminWatchTexts);
  const language = useStore(languageStore);
  const now = useNow();
  return (
    <ul className="cards">
      {alerts.map((alert) => {
        const { id, kind, subject, detail, openedAt, resolvedAt } = alert;
        const values = Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, value ?? '–']));
        return (
          <li key={id} className="card card-line" data-testid="alert">
            <Icon name={resolvedAt === null ? 'warning' : 'check'} size={20} />
            <div className="card-title">
              <h2>{t(`what-${kind}`, { ...values, subject })}</h2>
              <p>
                {resolvedAt === null
                  ? t('since', { ago: formatAgo(openedAt, now, language) })
                  : t('over', { ago: formatAgo(resolvedAt, now, language) })}
              </p>
            </div>
            <span className={resolvedAt === null ? 'badge badge-bad' : 'badge badge-good'}>
              {resolvedAt === null ? t('open') : t('resolved')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
