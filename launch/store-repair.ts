import type { Language } from '../common/shapes/profile.ts';
import { MailError } from '../common/errors.ts';
import type { Call, Outcome } from '../command/call.ts';
import { fill } from '../command/words/words.ts';
import type { RepairReport } from '../storage-server/operate.ts';
import { KEEPING_WORDS } from './keeping-words.ts';
import { lockStore, readStorePlace, showProgress } from './store-place.ts';
import { formatFindings } from './store-verify.ts';

/** `store repair`: mends what verify finds; no server may run on the store. Fails when something is wrong still. */
export async function run(call: Call): Promise<Outcome> {
  const { openStore, repairStore } = await import('../storage-server/operate.ts');
  const place = readStorePlace(call);
  const lock = lockStore(place);
  try {
    const store = await openStore(place, 'change');
    try {
      const report = await repairStore(store, showProgress(call));
      const left = report.left.count;
      const value = {
        ok: left === 0,
        mended: report.mended.listed,
        more: report.mended.more,
        lost: report.lost,
        problems: report.left.listed,
      };
      const outcome = { value, text: formatRepaired(report, call.language()) };
      if (left === 0) return outcome;
      const params = { count: left };
      return {
        ...outcome,
        error: new MailError('internal', 'not all', { reason: 'store-not-mended', params }),
      };
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

function formatRepaired({ mended, lost, left }: RepairReport, language: Language): string {
  const words = KEEPING_WORDS[language];
  const lines = [mended.count === 0 ? words.nothingToMend : fill(words.mended, { n: mended.count })];
  lines.push(...formatFindings(mended.listed, language));
  if (mended.more > 0) lines.push(fill(words.more, { n: mended.more }));
  if (lost.length > 0) {
    const again = lost.filter((one) => one.retrievedAgain).length;
    lines.push(fill(words['given-up'], { n: lost.length }), fill(words['fetched-again'], { n: again }));
  }
  if (left.count > 0)
    lines.push(fill(words.wrong, { n: left.count }), ...formatFindings(left.listed, language));
  return lines.join('\n');
}
