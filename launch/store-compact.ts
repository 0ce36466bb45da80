import type { Call, Outcome } from '../command/call.ts';
import { formatSize } from '../command/format.ts';
import { fill } from '../command/words/words.ts';
import { KEEPING_WORDS } from './keeping-words.ts';
import { lockStore, readStorePlace, showProgress } from './store-place.ts';

/** `store compact`: gives back disk space; no server may run on the store. */
export async function run(call: Call): Promise<Outcome> {
  const { openStore, compactStore } = await import('../storage-server/operate.ts');
  const place = readStorePlace(call);
  const lock = lockStore(place);
  try {
    const store = await openStore(place, 'change');
    try {
      const { before, after } = await compactStore(store, showProgress(call));
      const language = call.language();
      const size = (bytes: number): string => formatSize(bytes, language);
      const values = { size: size(Math.max(0, before - after)), before: size(before), after: size(after) };
      return { value: { before, after }, text: fill(KEEPING_WORDS[language].compacted, values) };
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}
