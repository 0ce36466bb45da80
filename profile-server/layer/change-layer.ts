import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import { ORGANISATION, type LayerItem, type LayerPart } from '../../common/shapes/layer.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { viewPolicy } from '../policy/change-policy.ts';
import { checkLayerItem } from './check-layer-item.ts';
import { demandPlace } from './demand-place.ts';
import {
  countLayerItems,
  findLayerItem,
  listLayerItems,
  putLayerItem,
  removeLayerItem,
  takeLayerRevision,
} from './layer-store.ts';
import { tellUnsettled } from './tell-unsettled.ts';
import { unsettlePlace } from './unsettled-store.ts';
import { viewLayerItem } from './view-layer.ts';

export interface LayerChange {
  of: string;
  part: LayerPart;
  /** Null makes a new item; of a preference its key. */
  id: string | null;
  /** Revision of the item that the admin saw; null when there was none. */
  base: number | null;
  /** Null removes. */
  value: unknown;
  locked: string | null;
}

const PREFIX: Record<Exclude<LayerPart, 'preferences'>, string> = {
  accounts: 'lac',
  identities: 'lid',
  rules: 'lru',
  templates: 'lte',
  contacts: 'lco',
};

/** Each stands in the profile of every user. */
const MOST_ITEMS = 100;
const MOST_CONTACTS = 50_000;

/**
 * One change by an admin; users get it as `settleUsers` goes through them. MailErrors: `conflict` with the current item,
 * `not-found`, `invalid` (also for an account that the policy would not let anybody have), `quota`.
 */
export async function changeLayer(
  server: ProfileContext,
  admin: string,
  change: LayerChange,
): Promise<{ item: LayerItem | null }> {
  const { of, part, value, locked } = change;
  const item = await server.db.write(async (tx) => {
    await demandPlace(tx, of);
    const revision = await takeLayerRevision(tx, of, part === 'contacts');
    const id = await demandBase(server, tx, change);
    if (value === null) await removeWithIdentities(tx, of, part, id);
    else {
      if (change.base === null) await demandRoom(tx, of, part);
      const { inForce } = await viewPolicy(tx, of);
      const checked = checkLayerItem({ part, id, value }, inForce);
      if (part === 'identities') await demandAccountItem(tx, of, checked as { account: string });
      await putLayerItem(tx, {
        place: of,
        part,
        id,
        revision,
        value: JSON.stringify(checked),
        locked: part === 'contacts' ? null : locked,
        changed_at: server.clock.now(),
        changed_by: admin,
      });
    }
    if (part !== 'contacts') await unsettlePlace(tx, of);
    await appendAudit(tx, {
      at: server.clock.now(),
      actor: admin,
      action: value === null ? 'layer.remove' : change.base === null ? 'layer.add' : 'layer.edit',
      subject: of,
      detail: { part, item: id, revision },
    });
    const put = await findLayerItem(tx, of, part, id);
    return put === undefined ? null : await viewLayerItem(tx, put);
  });
  if (part === 'contacts') server.hints.giveEach('user:');
  else tellUnsettled(server);
  return { item };
}

/** The id of what is changed, after a look at what the admin saw. */
async function demandBase(
  server: Pick<ProfileContext, 'random'>,
  tx: Writer,
  change: LayerChange,
): Promise<string> {
  const { of, part, id, base, value } = change;
  if (id === null) {
    if (part === 'preferences' || value === null) {
      throw new MailError('invalid', 'an id is needed', {
        field: 'id',
        reason: 'input',
        params: { field: 'id' },
      });
    }
    return makeId(PREFIX[part], server.random);
  }
  const current = await findLayerItem(tx, of, part, id);
  if (current === undefined) {
    if (part === 'preferences' && base === null && value !== null) return id;
    throw new MailError('not-found', `no item ${id} in this layer`, { reason: 'layer-item', params: { id } });
  }
  if (base !== current.revision) {
    throw new MailError('conflict', 'the item was changed meanwhile', {
      current: await viewLayerItem(tx, current),
    });
  }
  return id;
}

/** An account goes with the addresses that belong to it. */
async function removeWithIdentities(tx: Writer, of: string, part: LayerPart, id: string): Promise<void> {
  await removeLayerItem(tx, of, part, id);
  if (part !== 'accounts') return;
  const identities = await listLayerItems(tx, of, { part: 'identities', after: '', limit: MOST_ITEMS });
  for (const identity of identities) {
    const { account } = JSON.parse(identity.value) as { account: string };
    if (account === id) await removeLayerItem(tx, of, 'identities', identity.id);
  }
}

async function demandAccountItem(tx: Writer, of: string, { account }: { account: string }): Promise<void> {
  const found =
    (await findLayerItem(tx, of, 'accounts', account)) ??
    (await findLayerItem(tx, ORGANISATION, 'accounts', account));
  if (found !== undefined) return;
  throw new MailError('not-found', `no account ${account} in this layer`, {
    field: 'value.account',
    reason: 'layer-item',
    params: { id: account },
  });
}

async function demandRoom(tx: Writer, of: string, part: LayerPart): Promise<void> {
  const limit = part === 'contacts' ? MOST_CONTACTS : MOST_ITEMS;
  if ((await countLayerItems(tx, of, part)) < limit) return;
  throw new MailError('quota', `more than ${limit} ${part} in a layer`, {
    reason: 'too-many',
    params: { limit },
  });
}
