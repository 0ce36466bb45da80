import { makeId } from '../../common/ids.ts';
import { HOUR, MINUTE, type Millis } from '../../common/time.ts';
import { readDisk } from '../../server-kit/report-facts.ts';
import { repeat, sleep } from '../../server-kit/repeat.ts';
import { verifyAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { countHosts } from '../health/health-store.ts';
import { drawHeatMap } from '../health/heat-map/heat-map.ts';
import { keepFacts, OWN_FACTS, readFacts } from '../part/part-facts.ts';
import { listParts } from '../part/part-store.ts';
import { listOpenAlerts, listRules, openAlert, resolveAlert } from './alert-store.ts';
import { compareAlerts, judgeAlerts, type Watched } from './judge-alerts.ts';
import { tellAlert, tellDeliveries, viewAlert } from './tell-alert.ts';

const LOOK_EVERY = MINUTE;
/** Every hash of the audit log is computed again: not each minute. */
const VERIFY_EVERY = HOUR;

/** What a watch remembers between two looks. */
export interface Watch {
  auditBrokenAt: number | null | undefined;
  verifiedAt: Millis | null;
}

export function makeWatch(): Watch {
  return { auditBrokenAt: undefined, verifiedAt: null };
}

/** Looks every minute at what rules watch; the returned function ends it. */
export function startWatching(server: ProfileContext, dataDir: string): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const watch = makeWatch();
  const pause = (): number => LOOK_EVERY;
  const working = repeat(signal, { log: server.log, event: 'alert.not-watched', pause }, async () => {
    const disk = await readDisk(dataDir);
    await keepFacts(server, OWN_FACTS, { disk, queue: null, mails: null, backup: null });
    await lookOnce(server, watch);
    await sleep(LOOK_EVERY, signal);
  });
  return async () => {
    stopping.abort();
    await working;
  };
}

/** Opens and ends alerts by what is there now, and has both told. Several processes may look: the database lets one of them open. */
export async function lookOnce(
  server: Pick<ProfileContext, 'db' | 'clock' | 'random' | 'settings' | 'hints'>,
  watch: Watch,
): Promise<void> {
  const { read } = server.db;
  const now = server.clock.now();
  if (watch.verifiedAt === null || now - watch.verifiedAt >= VERIFY_EVERY) {
    watch.auditBrokenAt = await verifyAudit(read);
    watch.verifiedAt = now;
  }
  const rules = await listRules(read);
  const open = await listOpenAlerts(read);
  const watched: Watched = {
    providers: drawHeatMap([], await countHosts(read, null, now), now).rows,
    parts: await listParts(read),
    facts: await readFacts(read),
    auditBrokenAt: watch.auditBrokenAt,
  };
  const isOpen = (kind: string, subject: string): boolean =>
    open.some((alert) => alert.kind === kind && alert.subject === subject);
  const { begin, end } = compareAlerts(open, judgeAlerts(watched, rules, isOpen, now));
  if (begin.length === 0 && end.length === 0) return;
  await server.db.write(async (tx) => {
    for (const { kind, subject, detail } of begin) {
      const id = makeId('alert', server.random);
      const record = { id, kind, subject, detail: JSON.stringify(detail), opened_at: now };
      if (!(await openAlert(tx, record))) continue;
      const alert = viewAlert({ ...record, resolved_at: null });
      await tellAlert(server, tx, { event: 'opened', alert }, now);
    }
    for (const { id } of end) {
      const record = open.find((alert) => alert.id === id);
      if (record === undefined || !(await resolveAlert(tx, id, now))) continue;
      const alert = viewAlert({ ...record, resolved_at: now });
      await tellAlert(server, tx, { event: 'resolved', alert }, now);
    }
  });
  tellDeliveries(server);
}
