import type { Millis } from '../../common/time.ts';
import type { ReferenceSource } from './blob-store.ts';
import type { BlobWorker } from './worker-client.ts';

const PAGE = 500;

/**
 * Deletes blobs that nothing refers to and that were last stored longer ago than `age`. Between the question and the
 * deletion a blob may be stored again: then it is young, and the deletion, in the writing thread, leaves it.
 */
export async function sweepBlobs(
  worker: BlobWorker,
  sources: readonly ReferenceSource[],
  age: Millis,
  worth: number,
): Promise<number> {
  const before = Date.now() - age;
  let after = 0;
  let deleted = 0;
  for (;;) {
    const page: { row: number; id: string }[] = await worker.ask({
      kind: 'list-old',
      before,
      after,
      limit: PAGE,
    });
    const ids = page.map((row) => row.id);
    const used = new Set((await Promise.all(sources.map(async (find) => await find(ids)))).flat());
    const unused = ids.filter((id) => !used.has(id));
    if (unused.length > 0) deleted += await worker.ask({ kind: 'delete-old', ids: unused, before });
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) break;
    after = last.row;
  }
  await rewritePacks(worker, worth);
  return deleted;
}

/** One after the other, so that what is to be stored meanwhile comes between. */
async function rewritePacks(worker: BlobWorker, worth: number): Promise<void> {
  let pack: number | null = 0;
  while (pack !== null) pack = await worker.ask({ kind: 'rewrite-pack', after: pack, worth });
}
