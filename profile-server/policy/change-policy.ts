import { MailError } from '../../common/errors.ts';
import { ORGANISATION } from '../../common/shapes/layer.ts';
import type { PolicySettings, PolicyView } from '../../common/shapes/policy.ts';
import { formatTime } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { demandPlace } from '../layer/demand-place.ts';
import { tellUnsettled } from '../layer/tell-unsettled.ts';
import { unsettlePlace } from '../layer/unsettled-store.ts';
import { findUser } from '../user/user-store.ts';
import { mergePolicy } from './merge-policy.ts';
import { findPolicy, putPolicy } from './policy-store.ts';
import { readSettings } from './read-policy.ts';

/** What was set for the organisation or a group. MailError `not-found` for a group that is not there. */
export async function viewPolicy(reader: Reader, of: string): Promise<PolicyView> {
  await demandPlace(reader, of);
  const found = await findPolicy(reader, of);
  const settings = found === undefined ? {} : readSettings(found.value);
  const above = of === ORGANISATION ? undefined : await findPolicy(reader, ORGANISATION);
  return {
    of,
    revision: found?.revision ?? 0,
    settings,
    inForce: mergePolicy(above === undefined ? [settings] : [readSettings(above.value), settings]),
    changedAt: formatTime(found?.changed_at ?? null),
    changedBy: found === undefined ? null : ((await findUser(reader, found.changed_by))?.name ?? null),
  };
}

/**
 * Sets all that this place says; in force for what comes next at once, and for accounts that are there as soon as their
 * user has been gone through. MailErrors `conflict` with the current one, `not-found`, `invalid`.
 */
export async function changePolicy(
  server: ProfileContext,
  admin: string,
  change: { of: string; base: number; settings: PolicySettings },
): Promise<PolicyView> {
  const { of, base, settings } = change;
  if (of !== ORGANISATION && settings.registration !== undefined) {
    throw new MailError('invalid', 'a group has nothing to say of registration', {
      field: 'settings.registration',
      reason: 'policy-registration',
    });
  }
  const view = await server.db.write(async (tx) => {
    const before = await viewPolicy(tx, of);
    const at = server.clock.now();
    const record = { place: of, revision: base + 1, value: JSON.stringify(settings) };
    const isSet =
      base === before.revision &&
      (await putPolicy(tx, { ...record, changed_at: at, changed_by: admin }, base));
    if (!isSet) {
      throw new MailError('conflict', 'the policy was changed meanwhile', { current: before });
    }
    await unsettlePlace(tx, of);
    const detail = { changed: nameChanges(before.settings, settings).join(' ') };
    await appendAudit(tx, { at, actor: admin, action: 'policy.set', subject: of, detail });
    return await viewPolicy(tx, of);
  });
  tellUnsettled(server);
  return view;
}

/** Each key that changed with its new value, for the audit log. */
function nameChanges(before: PolicySettings, after: PolicySettings): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof PolicySettings)[];
  return keys
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => `${key}=${after[key] === undefined ? '' : JSON.stringify(after[key])}`);
}
