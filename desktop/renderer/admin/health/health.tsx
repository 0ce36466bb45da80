import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ACCOUNT_STATES } from '../../../../common/shapes/account.ts';
import type { HealthFilter } from '../../../../common/shapes/health.ts';
import { Segments } from '../../parts/choice-fields.tsx';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { useText } from '../../text/text.ts';
import { Loaded, Page } from '../page.tsx';
import { HealthTable } from './health-table.tsx';
import { HeatMapView } from './heat-map.tsx';
import { heatMapQuery } from './health-queries.ts';
import { ProviderActions } from './provider-actions.tsx';

/** How every collected account is: as a list that can be narrowed, and by provider over two days. */
export function Health({ organisation, begin }: { organisation: boolean; begin: string }) {
  const t = useText(adminHealthTexts);
  const [view, setView] = useState<'accounts' | 'providers'>(
    begin === 'providers' ? 'providers' : 'accounts',
  );
  const [filter, setFilter] = useState<HealthFilter>(() => readBegin(begin));
  const map = useQuery(heatMapQuery);
  const chosen = map.data?.rows.find(({ provider }) => provider === filter.provider);
  return (
    <Page title={t('health')} lead={t('health-lead')}>
      <Segments
        label={t('view')}
        value={view}
        choices={[
          { value: 'accounts', label: t('view-accounts') },
          { value: 'providers', label: t('view-providers') },
        ]}
        onPick={(value) => setView(value as typeof view)}
      />
      {view === 'providers' ? (
        <Loaded query={map}>
          {(data) => (
            <HeatMapView
              map={data}
              onPick={(provider) => {
                setFilter({ provider, troubled: true });
                setView('accounts');
              }}
            />
          )}
        </Loaded>
      ) : (
        <>
          {chosen === undefined ? null : <ProviderActions row={chosen} organisation={organisation} />}
          <HealthTable filter={filter} onFilter={setFilter} map={map.data} organisation={organisation} />
        </>
      )}
    </Page>
  );
}

/** What the address asks for: a state, `troubled`, or nothing. */
function readBegin(begin: string): HealthFilter {
  const state = ACCOUNT_STATES.find((one) => one === begin);
  if (state !== undefined) return { state };
  return begin === 'troubled' ? { troubled: true } : {};
}
