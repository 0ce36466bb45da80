import type { JWK } from 'jose';
import { formatTime } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import type { PartView, SubmissionAddress } from './part-shapes.ts';
import { countUsers, listParts, type PartRecord } from './part-store.ts';

/** Every part that is active; for administrators (`all`) also those that are shut out, and how many users each home has. */
export async function showParts(server: ProfileContext, { all }: { all: boolean }): Promise<PartView[]> {
  const parts = await listParts(server.db.read);
  const users = all ? await countUsers(server.db.read) : null;
  return parts.filter((part) => all || part.state === 'active').map((part) => showPart(part, users));
}

function showPart(part: PartRecord, users: ReadonlyMap<string, number> | null): PartView {
  const counted = part.kind === 'storage-server' ? users : null;
  return {
    id: part.id,
    kind: part.kind,
    url: part.url,
    submission: part.submission === null ? null : (JSON.parse(part.submission) as SubmissionAddress),
    publicJwk: JSON.parse(part.public_jwk) as JWK,
    state: part.state,
    lastSeen: formatTime(part.last_seen),
    users: counted === null ? null : (counted.get(part.id) ?? 0),
    newUsers: counted === null ? null : part.new_users === 1,
  };
}
