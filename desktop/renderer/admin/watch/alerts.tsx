import { useQuery } from '@tanstack/react-query';
import { Blank } from '../../parts/states.tsx';
import { adminWatchTexts } from '../../text/admin-watch.ts';
import { useText } from '../../text/text.ts';
import { Loaded, Page } from '../page.tsx';
import { AlertList } from './alert-list.tsx';
import { alertsQuery } from './alert-query.ts';
import { AlertRules } from './alert-rules.tsx';
import { AlertTargets } from './alert-targets.tsx';

/** What is watched, what is wrong now and was before, and who is told. */
export function Alerts() {
  const t = useText(adminWatchTexts);
  const query = useQuery(alertsQuery);
  return (
    <Page title={t('alerts')} lead={t('alerts-lead')}>
      <Loaded query={query}>
        {({ alerts, rules, targets }) => (
          <>
            {alerts.length === 0 ? (
              <Blank icon="check" text={t('all-well')} />
            ) : (
              <AlertList alerts={alerts.slice(0, 50)} />
            )}
            <AlertRules rules={rules} />
            <AlertTargets targets={targets} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
