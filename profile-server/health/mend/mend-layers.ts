import { MailError } from '../../../common/errors.ts';
import { foldHost } from '../../../common/host.ts';
import type { MendedLayer, MendProblem } from '../../../common/shapes/health.ts';
import { ORGANISATION, type LayerAccount } from '../../../common/shapes/layer.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { findGroup } from '../../group/group-store.ts';
import type { Reach } from '../../group/reach.ts';
import { changeLayer } from '../../layer/change-layer.ts';
import { checkLayerItem } from '../../layer/check-layer-item.ts';
import { findLayerItem, listAccountItems, type LayerRecord } from '../../layer/layer-store.ts';
import { viewPolicy } from '../../policy/change-policy.ts';
import { isSamePlace, judgeMend, type Place } from './mend-rule.ts';

/** An account of a layer on the host that is mended. */
export interface LayerOnHost {
  record: LayerRecord;
  account: LayerAccount;
}

/** Accounts that layers within reach give on a host, whose place is another than `to`; a host with variables in it is none. */
export async function listLayersOn(
  reader: Reader,
  reach: Reach,
  from: string,
  to: Place,
): Promise<LayerOnHost[]> {
  const within = (place: string): boolean => reach.all || reach.groups.includes(place);
  return (await listAccountItems(reader))
    .map((record) => ({ record, account: JSON.parse(record.value) as LayerAccount }))
    .filter(({ record, account: { pop3 } }) => {
      return within(record.place) && foldHost(pop3.host) === from && !isSamePlace(pop3, to);
    });
}

/**
 * Gives accounts of layers the new place: else whoever gets one later would have the old. After the accounts themselves,
 * whose passwords stay by that. What forbids it for one is told and keeps no other back.
 */
export async function mendLayers(
  server: ProfileContext,
  mender: { user: string; reach: Reach },
  found: readonly LayerOnHost[],
  change: { to: Place; dryRun: boolean },
): Promise<MendedLayer[]> {
  const mended: MendedLayer[] = [];
  for (const { record, account } of found) {
    const { place: of } = record;
    const name = of === ORGANISATION ? null : ((await findGroup(server.db.read, of))?.name ?? null);
    const problem = await mendLayer(server, mender, { record, account }, change);
    mended.push({ of, name, email: account.email, problem });
  }
  return mended;
}

/** Another admin may edit the same layer at this moment; the accounts went ahead, and would be led back by what it says. */
const TRIES = 4;

/** Tried again on what somebody else made of the item meanwhile, as long as it is still there to be mended. */
async function mendLayer(
  server: ProfileContext,
  mender: { user: string; reach: Reach },
  found: LayerOnHost,
  change: { to: Place; dryRun: boolean },
): Promise<MendProblem | null> {
  let seen = found;
  for (let attempt = 1; ; attempt++) {
    const problem = await tryToMend(server, mender, seen, change);
    if (problem !== 'changed' || attempt === TRIES) return problem;
    const { place, id } = seen.record;
    const record = await findLayerItem(server.db.read, place, 'accounts', id);
    if (record === undefined) return problem;
    const account = JSON.parse(record.value) as LayerAccount;
    if (isSamePlace(account.pop3, change.to)) return null;
    // What was seen, and confirmed, was another place.
    if (!isSamePlace(account.pop3, found.account.pop3)) return problem;
    seen = { record, account };
  }
}

async function tryToMend(
  server: ProfileContext,
  mender: { user: string; reach: Reach },
  { record, account }: LayerOnHost,
  { to, dryRun }: { to: Place; dryRun: boolean },
): Promise<MendProblem | null> {
  const about = { oauth: false, locked: false, organisation: mender.reach.all };
  const problem = judgeMend(account.pop3, to, about);
  if (problem !== null) return problem;
  const { place: of, id, revision, locked } = record;
  const value: LayerAccount = { ...account, pop3: { ...account.pop3, ...to } };
  try {
    if (dryRun) {
      const { inForce } = await viewPolicy(server.db.read, of);
      checkLayerItem({ part: 'accounts', id, value }, inForce);
    } else {
      await changeLayer(server, mender.user, { of, part: 'accounts', id, base: revision, value, locked });
    }
    return null;
  } catch (error) {
    if (error instanceof MailError && error.code === 'host-not-allowed') return 'host-not-allowed';
    if (error instanceof MailError && (error.code === 'conflict' || error.code === 'not-found'))
      return 'changed';
    throw error;
  }
}
