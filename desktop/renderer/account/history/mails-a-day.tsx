import type { TimelineDay } from '../../../../common/shapes/timeline.ts';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { activityTexts } from '../../text/activity.ts';
import { formatDay, formatSize } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';
import { fillDays, scaleTop } from './join-entries.ts';

/** Four weeks, and the day that begins the first of them. */
const DAYS = 29;
/** Units of the drawing: the width of a day, and the height of the scale. */
const SLOT = 12;
const HIGH = 100;

/** Mails a day of the last 30 days: bars for the eye, a table for screen readers. */
export function MailsADay({ days }: { days: readonly TimelineDay[] }) {
  const t = useText(activityTexts);
  const language = useStore(languageStore);
  const filled = fillDays(days, useNow(), DAYS);
  const sum = filled.reduce((total, { mails }) => total + mails, 0);
  const bytes = filled.reduce((total, day) => total + day.bytes, 0);
  return (
    <section className="panel" aria-labelledby="mails-a-day">
      <header className="panel-head">
        <h2 id="mails-a-day">{t('mails-a-day')}</h2>
        <p>
          {sum === 0 ? t('none-in-days') : `${t('mails-sum', { n: sum })} · ${formatSize(bytes, language)}`}
        </p>
      </header>
      {sum === 0 ? null : <Bars days={filled} />}
      <table className="unseen">
        <caption>{t('mails-a-day')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col">{t('mails')}</th>
            <th scope="col">{t('size')}</th>
          </tr>
        </thead>
        <tbody>
          {filled.map((day) => (
            <tr key={day.day}>
              <th scope="row">{formatDay(day.day, language)}</th>
              <td>{day.mails.toLocaleString(language)}</td>
              <td>{formatSize(day.bytes, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Bars that take the width there is; their scale and days are text of the page, so that it stays as large as all other. */
function Bars({ days }: { days: readonly TimelineDay[] }) {
  const t = useText(activityTexts);
  const language = useStore(languageStore);
  const top = scaleTop(Math.max(...days.map(({ mails }) => mails)));
  const scale = [top, top / 2, 0].map((value) =>
    Number.isInteger(value) ? value.toLocaleString(language, { notation: 'compact' }) : '',
  );
  return (
    <div className="chart" aria-hidden="true">
      <div className="chart-scale">
        {scale.map((value, at) => (
          <span key={at}>{value}</span>
        ))}
      </div>
      <svg
        className="bars"
        viewBox={`0 0 ${days.length * SLOT} ${HIGH}`}
        preserveAspectRatio="none"
        focusable="false"
      >
        {[0, HIGH / 2, HIGH].map((y) => (
          <line key={y} className="bars-line" x1={0} x2={days.length * SLOT} y1={y} y2={y} />
        ))}
        {days.map(({ day, mails }, at) => {
          const tall = mails === 0 ? 0 : Math.max(2, (mails / top) * HIGH);
          return (
            <g key={day} className="bars-day">
              <title>{t('day-mails', { n: mails, day: formatDay(day, language) })}</title>
              <rect className="bars-touch" x={at * SLOT} y={0} width={SLOT} height={HIGH} />
              <rect className="bars-bar" x={at * SLOT + 2} y={HIGH - tall} width={SLOT - 4} height={tall} />
            </g>
          );
        })}
      </svg>
      <div className="chart-days">
        {days
          .filter((_, at) => (days.length - 1 - at) % 7 === 0)
          .map(({ day }) => (
            <span key={day}>{formatDay(day, language)}</span>
          ))}
      </div>
    </div>
  );
}
