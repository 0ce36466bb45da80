import type { AlertDetail, AlertKind, AlertRule } from '../../common/shapes/alert.ts';
import type { HeatRow } from '../../common/shapes/health.ts';
import { DAY, MINUTE, type Millis } from '../../common/time.ts';
import type { KnownFacts } from '../part/part-facts.ts';
import type { PartRecord } from '../part/part-store.ts';

/** A provider with fewer accounts than this, or failing ones, is a user's trouble and no provider's. */
const LEAST_ACCOUNTS = 5;
const LEAST_FAILING = 3;
/** Facts come every 30 s: older ones say nothing of now. */
const FACTS_GOOD_FOR = 5 * MINUTE;
/** An open disk alert ends so many percent above its threshold, and a provider's at two thirds of it: nothing flaps. */
const DISK_MARGIN = 2;
const PROVIDER_END = 2 / 3;

/** How something that is watched is; of what is `unknown` an alert stays as it is. */
export interface Verdict {
  kind: AlertKind;
  subject: string;
  state: 'bad' | 'good' | 'unknown';
  detail: AlertDetail;
}

/** All that is looked at. */
export interface Watched {
  providers: readonly Pick<HeatRow, 'provider' | 'name' | 'accounts' | 'failing' | 'late'>[];
  parts: readonly Pick<PartRecord, 'id' | 'kind' | 'url' | 'state' | 'last_seen' | 'created_at'>[];
  facts: readonly KnownFacts[];
  /** First broken entry of the audit log; null when it is whole, undefined when nobody has looked yet. */
  auditBrokenAt: number | null | undefined;
}

/** What the rules say of everything that is watched; rules that are off say nothing. `isOpen`: an alert lasts already. */
export function judgeAlerts(
  watched: Watched,
  rules: readonly AlertRule[],
  isOpen: (kind: AlertKind, subject: string) => boolean,
  now: Millis,
): Verdict[] {
  return rules
    .filter(({ enabled }) => enabled)
    .flatMap(({ kind, threshold }) =>
      JUDGES[kind](watched, threshold, (subject) => isOpen(kind, subject), now),
    );
}

type Judge = (
  watched: Watched,
  threshold: number,
  isOpen: (subject: string) => boolean,
  now: Millis,
) => Verdict[];

const JUDGES: Record<AlertKind, Judge> = {
  'provider-failing': ({ providers }, threshold, isOpen) =>
    providers
      .filter(({ accounts }) => accounts >= LEAST_ACCOUNTS)
      .map(({ provider, name, accounts, failing, late }) => {
        const troubled = failing + late;
        const share = (100 * troubled) / accounts;
        const limit = isOpen(provider) ? threshold * PROVIDER_END : threshold;
        const detail = { name, accounts, troubled, percent: Math.round(share) };
        const bad = share >= limit && troubled >= LEAST_FAILING;
        return { kind: 'provider-failing', subject: provider, state: bad ? 'bad' : 'good', detail };
      }),
  'part-silent': ({ parts }, threshold, _isOpen, now) =>
    parts.filter(isActive).map(({ id, kind, url, last_seen, created_at }) => {
      const minutes = Math.floor((now - (last_seen ?? created_at)) / MINUTE);
      const state = minutes >= threshold ? 'bad' : 'good';
      return { kind: 'part-silent', subject: id, state, detail: { part: kind, url, minutes } };
    }),
  'queue-old': ({ parts, facts }, threshold, _isOpen, now) =>
    facts.flatMap((known) => {
      const { queue, part } = known;
      if (queue === null || !isKnown(parts, part)) return [];
      const minutes = queue.oldest === null ? 0 : Math.floor((now - Date.parse(queue.oldest)) / MINUTE);
      const detail = { part: 'smtp-relay', minutes, waiting: queue.waiting };
      const state = judgeFresh(known, now, minutes >= threshold);
      return [{ kind: 'queue-old' as const, subject: part, state, detail }];
    }),
  'disk-low': ({ parts, facts }, threshold, isOpen, now) =>
    facts.flatMap((known) => {
      const { disk, part } = known;
      if (disk === null || disk.total === 0 || !isKnown(parts, part)) return [];
      const percent = (100 * disk.free) / disk.total;
      const kind = parts.find(({ id }) => id === part)?.kind ?? 'profile-server';
      const detail = { part: kind, percent: Math.floor(percent), free: disk.free };
      const state = judgeFresh(known, now, percent < threshold + (isOpen(part) ? DISK_MARGIN : 0));
      return [{ kind: 'disk-low' as const, subject: part, state, detail }];
    }),
  'backup-old': ({ parts, facts }, threshold, _isOpen, now) =>
    facts.flatMap((known) => {
      const part = parts.find(({ id }) => id === known.part);
      if (part?.kind !== 'storage-server' || !isActive(part)) return [];
      // A home without mail has nothing to lose.
      const since = known.backup === null ? part.created_at : Date.parse(known.backup);
      const days = Math.floor((now - since) / DAY);
      const bad = days >= threshold && (known.mails ?? 0) > 0;
      const detail = { part: part.kind, days, last: known.backup };
      return [{ kind: 'backup-old' as const, subject: part.id, state: judgeFresh(known, now, bad), detail }];
    }),
  'audit-broken': ({ auditBrokenAt }) => {
    const state = auditBrokenAt === undefined ? 'unknown' : auditBrokenAt === null ? 'good' : 'bad';
    return [{ kind: 'audit-broken', subject: 'audit', state, detail: { entry: auditBrokenAt ?? null } }];
  },
};

function judgeFresh({ at }: KnownFacts, now: Millis, bad: boolean): Verdict['state'] {
  if (now - at > FACTS_GOOD_FOR) return 'unknown';
  return bad ? 'bad' : 'good';
}

function isActive({ state }: Pick<PartRecord, 'state'>): boolean {
  return state === 'active';
}

/** Of an active part, or of the profile-server itself, which is enrolled nowhere. */
function isKnown(parts: Watched['parts'], part: string): boolean {
  const found = parts.find(({ id }) => id === part);
  return found === undefined ? part === 'profile' : isActive(found);
}

export interface OpenAlert {
  id: string;
  kind: AlertKind;
  subject: string;
}

/** Which alerts begin and which end: what is bad and not open; what is open and good again, or no longer watched. */
export function compareAlerts(
  open: readonly OpenAlert[],
  verdicts: readonly Verdict[],
): { begin: Verdict[]; end: OpenAlert[] } {
  const find = (kind: AlertKind, subject: string): Verdict | undefined =>
    verdicts.find((verdict) => verdict.kind === kind && verdict.subject === subject);
  const isOpen = ({ kind, subject }: Verdict): boolean =>
    open.some((alert) => alert.kind === kind && alert.subject === subject);
  return {
    begin: verdicts.filter((verdict) => verdict.state === 'bad' && !isOpen(verdict)),
    end: open.filter(({ kind, subject }) => (find(kind, subject)?.state ?? 'good') === 'good'),
  };
}
