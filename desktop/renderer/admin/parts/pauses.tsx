import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { adminPartTexts } from '../../text/admin-parts.ts';
import { useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import { Loaded } from '../page.tsx';
import { relayServer } from '../relay.ts';

/** What is paused, with a way to pause everything or one destination. */
export function Pauses() {
  const t = useText(adminPartTexts);
  const [destination, setDestination] = useState('');
  const [reason, setReason] = useState('');
  const query = useQuery({
    queryKey: ['admin', 'relay'] as const,
    staleTime: 5000,
    refetchInterval: 30_000,
    queryFn: async ({ signal }) => await relayServer().control.status.query(undefined, { signal }),
  });
  const after = { keys: ['relay', 'queue'] };
  const pause = useAct(async () => {
    const what = destination.trim() === '' ? { all: true as const } : { destination: destination.trim() };
    return await relayServer().control.pause.mutate({ ...what, reason });
  }, after);
  const resume = useAct(
    async (what: { all?: true; destination?: string; account?: string }) =>
      await relayServer().control.resume.mutate(what),
    after,
  );
  return (
    <Loaded query={query}>
      {({ waiting, pauses }) => (
        <>
          <p className="admin-count" role="status">
            {t('queue-sums', { queued: waiting.queued, deferred: waiting.deferred, held: waiting.held })}
          </p>
          {pauses.map((one) => (
            <div className="note note-warning" key={`${one.scope} ${one.destination} ${one.account}`}>
              <p>
                {one.scope === 'all'
                  ? t('paused-all')
                  : t('paused-one', { what: one.destination ?? one.account ?? '' })}{' '}
                {one.reason} ({t('paused-waiting', { n: one.waiting })})
              </p>
              <Button
                icon="play"
                onClick={() =>
                  resume.mutate(
                    one.scope === 'all'
                      ? { all: true }
                      : one.destination === null
                        ? { account: one.account ?? '' }
                        : { destination: one.destination },
                  )
                }
              >
                {t('resume')}
              </Button>
            </div>
          ))}
          <details className="group">
            <summary>{t('pause-title')}</summary>
            <form
              className="admin-filters"
              onSubmit={(event) => {
                event.preventDefault();
                pause.mutate(undefined);
              }}
            >
              <Field
                label={t('pause-what')}
                hint={t('pause-what-hint')}
                value={destination}
                maxLength={255}
                onChange={(event) => setDestination(event.target.value)}
              />
              <Field
                label={t('pause-why')}
                value={reason}
                maxLength={500}
                onChange={(event) => setReason(event.target.value)}
              />
              <Button type="submit" icon="pause" disabled={pause.isPending}>
                {t('pause-run')}
              </Button>
            </form>
          </details>
        </>
      )}
    </Loaded>
  );
}
