import { MailError } from '../../common/errors.ts';
import { MINUTE } from '../../common/time.ts';
import type { StorageCore } from '../context.ts';
import { fetchPicture } from './fetch-picture.ts';
import { makeTurns } from './limit-turns.ts';
import { makePainter } from './make-painter.ts';
import { openPictureCache } from './picture-cache.ts';

/** Pictures from elsewhere, fetched and drawn anew by this server. */
export interface Pictures {
  /** WebP. MailError where there is nothing to see. */
  open(user: string, address: string): Promise<Buffer>;
  stop(): Promise<void>;
}

const TURNS = { each: 4, all: 8, waiting: 600 };
/** What could not be shown is not asked for again at once. */
const REMEMBER = 2 * MINUTE;
const MOST_REMEMBERED = 2000;

export async function makePictures(
  core: Pick<StorageCore, 'dataDir' | 'blobKey' | 'clock' | 'egress' | 'log'>,
): Promise<Pictures> {
  const { clock } = core;
  const cache = await openPictureCache({ dataDir: core.dataDir, key: core.blobKey, clock });
  const painter = makePainter(core.log);
  const takeTurn = makeTurns(TURNS);
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<Buffer>>();
  const failed = new Map<string, { error: MailError; until: number }>();

  const load = async (user: string, address: string): Promise<Buffer> => {
    const kept = await cache.get(user, address);
    if (kept !== null) return kept;
    return await takeTurn(user, async () => {
      const bytes = await fetchPicture(core.egress, address, stopping.signal);
      const picture = await painter.draw(bytes);
      await cache.put(user, address, picture).catch((error: unknown) => {
        core.log.warn('picture.not-kept', { error });
      });
      return picture;
    });
  };
  const remember = (key: string, error: unknown): void => {
    if (!(error instanceof MailError) || error.reason === 'closing' || error.reason === 'pictures') return;
    const oldest = failed.size >= MOST_REMEMBERED ? failed.keys().next().value : undefined;
    if (oldest !== undefined) failed.delete(oldest);
    failed.set(key, { error, until: clock.now() + REMEMBER });
  };
  return {
    open: async (user, address) => {
      const key = JSON.stringify([user, address]);
      const known = failed.get(key);
      if (known !== undefined && known.until > clock.now()) throw known.error;
      failed.delete(key);
      const joined = underWay.get(key);
      if (joined !== undefined) return await joined;
      const mine = load(user, address).finally(() => underWay.delete(key));
      underWay.set(key, mine);
      mine.catch((error: unknown) => remember(key, error));
      return await mine;
    },
    stop: async () => {
      stopping.abort();
      await painter.stop();
    },
  };
}
