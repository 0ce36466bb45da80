import type { TimelineEntry } from '../../../../common/shapes/timeline.ts';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { activityTexts } from '../../text/activity.ts';
import { formatSpan, formatSize } from '../../text/format-more.ts';
import { formatFullDate } from '../../text/format.ts';
import { languageStore, useText } from '../../text/text.ts';
import { Trouble } from '../trouble.tsx';

/** Every check, newest first; checks that went alike are one line. */
export function History({ entries }: { entries: readonly TimelineEntry[] }) {
  const t = useText(activityTexts);
  return (
    <section className="panel" aria-labelledby="history">
      <header className="panel-head">
        <h2 id="history">{t('history')}</h2>
      </header>
      {entries.length === 0 ? <p className="field-hint">{t('no-history')}</p> : null}
      <ol className="history">
        {entries.map((entry) => (
          <Entry key={`${entry.to} ${entry.from}`} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const t = useText(activityTexts);
  const language = useStore(languageStore);
  const failed = entry.error !== null;
  const kind = failed ? 'failed' : entry.new > 0 ? 'mail' : 'empty';
  return (
    <li className={`history-entry history-${kind}`} data-testid="timeline-entry" data-kind={kind}>
      <Icon name={failed ? 'warning' : entry.new > 0 ? 'inbox' : 'check'} size={16} />
      <div className="history-what">
        {entry.error === null ? (
          <p>
            {entry.new > 0 ? (
              <strong>{t('went-well', { n: entry.new })}</strong>
            ) : (
              t('went-empty', { n: entry.polls })
            )}
            {entry.new > 0 ? (
              <span className="history-more">
                {[
                  formatSize(entry.bytes, language),
                  ...(entry.polls > 1 ? [t('in-checks', { n: entry.polls })] : []),
                ].join(' · ')}
              </span>
            ) : null}
          </p>
        ) : (
          <>
            <Trouble problem={entry.error} />
            {entry.polls > 1 ? (
              <p className="history-more">{t('failed-checks', { n: entry.polls })}</p>
            ) : null}
            {entry.new > 0 ? <p className="history-more">{t('came-before', { n: entry.new })}</p> : null}
          </>
        )}
      </div>
      <When entry={entry} />
    </li>
  );
}

/** One moment, or from when to when. */
function When({ entry }: { entry: TimelineEntry }) {
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const [from, to] = formatSpan(entry.from, entry.to, now, language, zone);
  const sameMoment = to.endsWith(from) || entry.from === entry.to;
  return (
    <p className="history-when">
      {sameMoment ? null : (
        <>
          <time dateTime={entry.from} title={formatFullDate(entry.from, language, zone)}>
            {from}
          </time>
          {' – '}
        </>
      )}
      <time dateTime={entry.to} title={formatFullDate(entry.to, language, zone)}>
        {to}
      </time>
    </p>
  );
}
