import { SECOND } from '../../../common/time.ts';
import { reach } from '../../../server-kit/crash-point.ts';
import { sleep } from '../../../server-kit/repeat.ts';
import type { ProfileContext } from '../../context.ts';
import { headOf } from '../master-key.ts';
import { saveProgress, type RotationRecord } from './rotation-store.ts';
import { SEALED_KINDS, type SealedKind } from './sealed-kinds.ts';
import { listSealedElsewhere, replaceSealed, type SealedRow } from './sealed-store.ts';

/** In one transaction: others wait for a few milliseconds. */
const BATCH = 100;
/** Between two of them, so that polls and people come first. */
const REST = 15;
/** Longer than a batch can take: then another process may go on. */
export const CLAIM_LENGTH = 15 * SECOND;

/** How far the rows were gone through. */
interface Place {
  kind: string;
  after: string[];
}

/**
 * Goes once through all that stands under another key than `to`, from where `rotation` stopped, and seals it anew; the root
 * secret is left for the end. Answers whether any row was found that may have been changed by somebody else meanwhile.
 */
export async function moveRows(
  server: ProfileContext,
  rotation: Pick<RotationRecord, 'id' | 'to_key' | 'place'>,
): Promise<{ found: number }> {
  const kinds = Object.entries<SealedKind>(SEALED_KINDS).filter(([name]) => name !== 'root');
  const place = rotation.place === null ? null : (JSON.parse(rotation.place) as Place);
  const first = Math.max(
    0,
    kinds.findIndex(([name]) => name === place?.kind),
  );
  let found = 0;
  for (const [index, [name, kind]] of kinds.slice(first).entries()) {
    found += await moveKind(server, rotation, {
      name,
      kind,
      after: index === 0 ? (place?.after ?? null) : null,
    });
  }
  const until = server.clock.now() + CLAIM_LENGTH;
  await server.db.write(async (tx) => await saveProgress(tx, rotation.id, { place: null, moved: 0, until }));
  return { found };
}

async function moveKind(
  server: ProfileContext,
  { id, to_key }: Pick<RotationRecord, 'id' | 'to_key'>,
  from: { name: string; kind: SealedKind; after: string[] | null },
): Promise<number> {
  const { name, kind } = from;
  let { after } = from;
  let found = 0;
  while (!server.stopping.aborted) {
    const page = { head: headOf(to_key), after, limit: BATCH };
    const rows = await listSealedElsewhere(server.db.read, kind, page);
    if (rows.length === 0) return found;
    const moved = rows.flatMap((row) => sealAnew(server, name, row));
    after = rows.at(-1)?.key ?? null;
    await server.db.write(async (tx) => {
      let count = 0;
      for (const { row, sealed } of moved) if (await replaceSealed(tx, kind, row, sealed)) count += 1;
      const until = server.clock.now() + CLAIM_LENGTH;
      await saveProgress(tx, id, { place: JSON.stringify({ kind: name, after }), moved: count, until });
    });
    found += moved.length;
    reach('rotation.batch');
    await sleep(REST, server.stopping);
  }
  return found;
}

/** None where no key that is known opens it: then no rotation can lose it. */
function sealAnew(
  { vault: { ring }, log }: ProfileContext,
  kind: string,
  row: SealedRow,
): { row: SealedRow; sealed: Buffer }[] {
  const aad = [kind, ...row.aad];
  try {
    return [{ row, sealed: ring.seal(ring.unseal(row.sealed, aad), aad) }];
  } catch (error) {
    log.error('rotation.unopened', { kind, key: row.key.join(' '), error });
    return [];
  }
}
