import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatUseCsv } from '../../../../common/csv/use-csv.ts';
import {
  OTHER_PROVIDER,
  USE_KINDS,
  USE_MEASURES,
  type UseKind,
  type UseMeasure,
  type UsePeriods,
  type UseReport,
  type UseRow,
} from '../../../../common/shapes/use.ts';
import { Button } from '../../parts/button.tsx';
import { SelectField } from '../../parts/choice-fields.tsx';
import { Blank } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { formatWith } from '../../text/format.ts';
import { statisticsTexts } from '../../text/statistics.ts';
import { languageStore, useText } from '../../text/text.ts';
import { Loaded, Page } from '../page.tsx';
import { downloadText } from '../download.ts';
import { PlainTable } from '../table/plain-table.tsx';
import { ClassBars } from './class-bars.tsx';
import { formatPeriod } from './format-period.ts';
import { nameClasses } from './name-classes.ts';

const periodsQuery = queryOptions({
  queryKey: ['admin', 'use-periods'] as const,
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<UsePeriods> =>
    await profileServer().statistics.periods.query(undefined, { signal }),
});

function reportQuery(period: string) {
  return queryOptions({
    queryKey: ['admin', 'use-report', period] as const,
    // What is reported does not change any more.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<UseReport> =>
      await profileServer().statistics.read.query({ period }, { signal }),
  });
}

/** How mail is used, in numbers that tell of nobody. */
export function Statistics() {
  const t = useText(statisticsTexts);
  const language = useStore(languageStore);
  const periods = useQuery(periodsQuery);
  const [picked, setPicked] = useState<string | null>(null);
  return (
    <Page title={t('statistics')} lead={t('lead')}>
      <Loaded query={periods}>
        {({ periods: list, next }) => {
          const date = formatWith(language, 'UTC', { dateStyle: 'long' }).format(new Date(next));
          const period = picked ?? list[0];
          if (period === undefined) return <Blank icon="inbox" text={t('none-yet', { date })} />;
          return (
            <>
              <div className="admin-filters">
                <SelectField
                  label={t('period')}
                  value={period}
                  choices={list.map((one) => ({ value: one, label: formatPeriod(one, language) }))}
                  onPick={setPicked}
                  hint={t('next', { date })}
                />
              </div>
              <Report period={period} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Report({ period }: { period: string }) {
  const report = useQuery(reportQuery(period));
  return <Loaded query={report}>{(data) => <Tables report={data} />}</Loaded>;
}

function Tables({ report }: { report: UseReport }) {
  const t = useText(statisticsTexts);
  const language = useStore(languageStore);
  const kinds = USE_KINDS.filter((kind) => report.tables.some((table) => table.kind === kind));
  const [pickedKind, setKind] = useState<UseKind>('group');
  const [pickedMeasure, setMeasure] = useState<UseMeasure>('inHour');
  // A year tells nothing of accounts.
  const measures = USE_MEASURES.filter((one) => report.tables.some((table) => table.measure === one));
  const measure = measures.find((one) => one === pickedMeasure) ?? 'inHour';
  const [segment, setSegment] = useState('');
  // How many accounts somebody has belongs to no provider.
  const kind = measure === 'accounts' ? 'group' : (kinds.find((one) => one === pickedKind) ?? 'group');
  const rows = report.tables.find((one) => one.kind === kind && one.measure === measure)?.rows ?? [];
  const nameRow = (row: UseRow): string => {
    if (row.segment === null) return t('everybody');
    if (kind === 'group') return row.name ?? (row.segment === '' ? t('no-group') : t('gone-group'));
    return row.segment === OTHER_PROVIDER ? t('other') : (row.name ?? row.segment);
  };
  const shown = rows.find((row) => `s${row.segment ?? ''}${row.segment === null}` === segment) ?? rows[0];
  const classes = nameClasses(measure, language);
  const say = (value: number | null): string => value?.toLocaleString(language) ?? '·';
  return (
    <>
      <div className="admin-filters">
        <SelectField
          label={t('measure')}
          value={measure}
          choices={measures.map((one) => ({ value: one, label: t(`measure-${one}`) }))}
          onPick={(value) => setMeasure(USE_MEASURES.find((one) => one === value) ?? 'inHour')}
        />
        <SelectField
          label={t('by')}
          value={kind}
          choices={kinds.map((one) => ({
            value: one,
            label: t(`by-${one}`),
            disabled: measure === 'accounts' && one !== 'group',
          }))}
          onPick={(value) => setKind(USE_KINDS.find((one) => one === value) ?? 'group')}
        />
        <SelectField
          label={t('whose')}
          value={shown === undefined ? '' : `s${shown.segment ?? ''}${shown.segment === null}`}
          choices={rows.map((row) => ({
            value: `s${row.segment ?? ''}${row.segment === null}`,
            label: nameRow(row),
          }))}
          onPick={setSegment}
        />
      </div>
      {shown === undefined ? (
        <Blank icon="inbox" text={t('nobody')} />
      ) : (
        <>
          <section className="panel" aria-labelledby="use-chart">
            <header className="panel-head">
              <h2 id="use-chart">
                {t(`measure-${measure}`)}: {nameRow(shown)}
              </h2>
              <p>{shown.total === null ? t('few') : t(totalOf(measure), { n: shown.total })}</p>
            </header>
            <ClassBars names={classes} values={shown.classes} few={t('few')} />
          </section>
          <PlainTable
            title={t(`measure-${measure}`)}
            heads={[t(`by-${kind}`), t('total'), ...classes]}
            rows={rows.map((row) => ({
              key: `s${row.segment ?? ''}${row.segment === null}`,
              cells: [nameRow(row), say(row.total), ...row.classes.map(say)],
            }))}
          />
          <p className="card-note">{t('hidden-note')}</p>
        </>
      )}
      <Button
        icon="download"
        onClick={() => downloadText(`valija-use-${report.period}.csv`, formatUseCsv(report), 'text/csv')}
      >
        {t('csv')}
      </Button>
    </>
  );
}

function totalOf(measure: UseMeasure): 'total-users' | 'total-sent' | 'total-received' {
  if (measure === 'accounts') return 'total-users';
  return measure.startsWith('out') ? 'total-sent' : 'total-received';
}
