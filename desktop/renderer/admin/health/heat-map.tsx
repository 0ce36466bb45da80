import { Fragment, useEffect, useRef } from 'react';
import type { HeatCell, HeatMap, HeatRow } from '../../../../common/shapes/health.ts';
import { Button } from '../../parts/button.tsx';
import { Blank } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { formatWith } from '../../text/format.ts';
import { languageStore, useText } from '../../text/text.ts';
import { PlainTable } from '../table/plain-table.tsx';
import { judgeCell, percentOf, sumHours } from './heat-cell.ts';

/** Provider × hour. The pattern of a cell says what its colour says; the same numbers stand in a table below. */
export function HeatMapView({ map, onPick }: { map: HeatMap; onPick: (provider: string) => void }) {
  const t = useText(adminHealthTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const scroller = useRef<HTMLDivElement>(null);
  // Where there is no room for two days, the last hours are in sight.
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollLeft = scroller.current.scrollWidth;
  }, []);
  if (map.rows.length === 0) return <Blank icon="inbox" text={t('no-accounts')} />;
  const hour = formatWith(language, zone, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
  const label = formatWith(language, zone, { hour: '2-digit' });
  const say = (cell: HeatCell | null, at: number): string => {
    const when = hour.format(new Date(map.hours[at] ?? 0));
    if (cell === null || cell.polls === 0) return t('cell-none', { when });
    return t('cell', { when, n: cell.polls, failed: cell.failed, percent: percentOf(cell) });
  };
  return (
    <>
      <ul className="heat-legend" aria-label={t('legend')}>
        {(['none', 'good', 'some', 'many', 'all'] as const).map((level) => (
          <li key={level}>
            <span className="heat-cell" data-level={level} aria-hidden="true" />
            {t(`level-${level}`)}
          </li>
        ))}
      </ul>
      <div
        ref={scroller}
        className="heat-scroller"
        tabIndex={0}
        role="region"
        aria-label={t('map')}
        data-testid="heat-map"
      >
        <div className="heat-map" aria-hidden="true">
          <span />
          {map.hours.map((at, index) => (
            <span key={at} className="heat-hour">
              {index % 6 === 0 ? label.format(new Date(at)) : ''}
            </span>
          ))}
          {map.rows.map((row) => (
            <Fragment key={row.provider}>
              <span className="heat-name cut" title={row.hosts.join(', ')}>
                {row.name}
              </span>
              {row.cells.map((cell, at) => (
                <span
                  key={map.hours[at]}
                  className="heat-cell"
                  data-level={judgeCell(cell)}
                  title={say(cell, at)}
                />
              ))}
            </Fragment>
          ))}
        </div>
      </div>
      <ProviderTable rows={map.rows} onPick={onPick} />
      {map.left === 0 ? null : <p className="card-note">{t('more-providers', { n: map.left })}</p>}
    </>
  );
}

function ProviderTable({ rows, onPick }: { rows: readonly HeatRow[]; onPick: (provider: string) => void }) {
  const t = useText(adminHealthTexts);
  const share = (row: HeatRow, hours: number): string => {
    const sum = sumHours(row, hours);
    return sum.polls === 0 ? '–' : `${percentOf(sum)} %`;
  };
  return (
    <PlainTable
      title={t('providers')}
      heads={[
        t('provider'),
        t('column-accounts'),
        t('column-failing'),
        t('column-late'),
        t('column-needs'),
        t('column-hour'),
        t('column-day'),
        t('column-two-days'),
        t('column-do'),
      ]}
      rows={rows.map((row) => ({
        key: row.provider,
        cells: [
          row.name,
          row.accounts,
          row.failing === 0 ? 0 : <strong className="bad-number">{row.failing}</strong>,
          row.late,
          row.needsSignIn,
          share(row, 1),
          share(row, 24),
          share(row, 48),
          <Button key="show" onClick={() => onPick(row.provider)}>
            {t('show')}
          </Button>,
        ],
      }))}
    />
  );
}
