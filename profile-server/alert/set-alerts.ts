import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import {
  ALERT_THRESHOLDS,
  type AlertRule,
  type AlertTargetView,
  type NewAlertTarget,
} from '../../common/shapes/alert.ts';
import { formatTime } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { makeSecretToken } from '../secret-token.ts';
import { saveRule } from './alert-store.ts';
import { sealedSecretOf } from './deliver-alerts.ts';
import { listDeliveries } from './delivery-store.ts';
import { addTarget, findTarget, listTargets, removeTarget, type TargetRecord } from './target-store.ts';
import { tellAlert, tellDeliveries } from './tell-alert.ts';
import { checkWebhookUrl } from './webhook.ts';

const MOST_TARGETS = 20;

/** MailError `invalid` for a threshold that its kind does not have. */
export async function setRule(server: ProfileContext, admin: string, rule: AlertRule): Promise<void> {
  const { min, max } = ALERT_THRESHOLDS[rule.kind];
  if (rule.threshold < min || rule.threshold > max) {
    throw new MailError('invalid', `${rule.kind} takes ${min} to ${max}`, {
      reason: 'alert-threshold',
      field: 'threshold',
      params: { min, max },
    });
  }
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    await saveRule(tx, rule);
    const detail = { enabled: rule.enabled ? 1 : 0, threshold: rule.threshold };
    await appendAudit(tx, { at, actor: admin, action: 'alert.rule', subject: rule.kind, detail });
  });
}

/** `secret` is the webhook's, shown this once: who receives checks X-Valija-Signature with it. MailErrors `invalid`, `quota`. */
export async function addAlertTarget(
  server: ProfileContext,
  admin: string,
  wanted: NewAlertTarget,
): Promise<{ id: string; secret: string | null }> {
  const { kind, address } = wanted;
  if (kind === 'webhook') checkWebhookUrl(address);
  const id = makeId('alertto', server.random);
  const secret = kind === 'webhook' ? makeSecretToken(server.random) : null;
  const sealed = secret === null ? null : server.masterKey.seal(Buffer.from(secret), sealedSecretOf(id));
  const language = wanted.kind === 'mail' ? wanted.language : 'en';
  await server.db.write(async (tx) => {
    if ((await listTargets(tx)).length >= MOST_TARGETS) {
      const params = { limit: MOST_TARGETS };
      throw new MailError('quota', 'too many targets', { reason: 'too-many', params });
    }
    const at = server.clock.now();
    await addTarget(tx, { id, kind, address, language, sealed, made_by: admin, made_at: at });
    const detail = { kind, address: nameAddress(kind, address) };
    await appendAudit(tx, { at, actor: admin, action: 'alert.target-add', subject: id, detail });
  });
  return { id, secret };
}

/** MailError `not-found`. */
export async function removeAlertTarget(server: ProfileContext, admin: string, id: string): Promise<void> {
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    if (!(await removeTarget(tx, id))) throw refuseTarget(id);
    await appendAudit(tx, { at, actor: admin, action: 'alert.target-remove', subject: id, detail: {} });
  });
}

/** Sends a message that says that it is a test. MailError `not-found`. */
export async function testAlertTarget(server: ProfileContext, admin: string, id: string): Promise<void> {
  await server.db.write(async (tx) => {
    const target = await findTarget(tx, id);
    if (target === undefined) throw refuseTarget(id);
    const now = server.clock.now();
    const about = { id: 'test', kind: 'part-silent', subject: 'test', detail: {} } as const;
    const alert = { ...about, openedAt: formatTime(now), resolvedAt: null };
    await tellAlert(server, tx, { event: 'test', alert }, now, target);
    await appendAudit(tx, { at: now, actor: admin, action: 'alert.test', subject: id, detail: {} });
  });
  tellDeliveries(server);
}

/** Targets with how the last message to each went; never a secret. */
export async function viewTargets(reader: Reader): Promise<AlertTargetView[]> {
  const views: AlertTargetView[] = [];
  for (const target of await listTargets(reader)) views.push(await viewTarget(reader, target));
  return views;
}

async function viewTarget(reader: Reader, target: TargetRecord): Promise<AlertTargetView> {
  const { id, kind, address, language, made_at } = target;
  const deliveries = await listDeliveries(reader, id);
  const last = deliveries.find(({ done_at, error }) => done_at !== null || error !== null);
  return {
    id,
    kind,
    address,
    language,
    madeAt: formatTime(made_at),
    last: last === undefined ? null : { at: formatTime(last.done_at ?? last.made_at), error: last.error },
    waiting: deliveries.filter(({ take_at }) => take_at !== null).length,
  };
}

/** A webhook's path may be all that keeps others out: the log names its host. */
function nameAddress(kind: string, address: string): string {
  return kind === 'webhook' ? new URL(address).host : address;
}

function refuseTarget(id: string): MailError {
  return new MailError('not-found', `no target ${id}`, { reason: 'alert-target' });
}
