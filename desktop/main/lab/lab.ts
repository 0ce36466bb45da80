import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

const SESSION = /^session-[A-Za-z0-9]{6}$/;

/** Where a lab session lives. `root` holds the lock of the running program, `session` everything that Chromium writes. */
export interface LabFolders {
  root: string;
  session: string;
}

/** The facts about a folder that decide whether it is safe to use. */
export interface FolderFacts {
  isDirectory: boolean;
  isLink: boolean;
  mode: number;
  owner: number;
}

/** Folders to try, the best first: in memory and private to the user, in memory, on disk. */
export function listLabBases(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  temp: string,
): string[] {
  if (platform !== 'linux') return [temp];
  const runtime = env['XDG_RUNTIME_DIR'];
  return [...(runtime?.startsWith('/') ? [runtime] : []), '/dev/shm', temp];
}

/** A folder of a known name in a shared place could have been put there by somebody else. On Windows modes and owners tell nothing (uid null). */
export function isOwnFolder(facts: FolderFacts, uid: number | null): boolean {
  if (!facts.isDirectory || facts.isLink) return false;
  return uid === null || (facts.owner === uid && (facts.mode & 0o077) === 0);
}

/** What earlier sessions left: everything of ours but the present one. Only the holder of the lock may ask, so nobody lives there. */
export function chooseStale(names: readonly string[], present: string | null): string[] {
  return names.filter((name) => SESSION.test(name) && name !== present);
}

/** Finds or makes the folder that the lock of this user's lab program is kept in. */
export function openLabRoot(bases: readonly string[], uid: number | null): string {
  for (const base of bases) {
    const root = join(base, `valija-lab-${uid ?? 'user'}`);
    if (claimFolder(root, uid)) return root;
  }
  // Somebody sits on every known name: a name that nobody can foresee.
  for (const base of bases.toReversed()) {
    try {
      return mkdtempSync(join(base, 'valija-lab-'));
    } catch {
      continue;
    }
  }
  throw new Error('there is no place for a lab session');
}

function claimFolder(path: string, uid: number | null): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
  }
  try {
    const facts = lstatSync(path);
    return isOwnFolder(
      {
        isDirectory: facts.isDirectory(),
        isLink: facts.isSymbolicLink(),
        mode: facts.mode,
        owner: facts.uid,
      },
      uid,
    );
  } catch {
    return false;
  }
}

/** Makes this session's folder (0700) and removes what earlier ones left. Call it with the lock held. */
export function openLabSession(root: string): { folders: LabFolders; unremoved: string[] } {
  const session = mkdtempSync(join(root, 'session-'));
  const present = session.slice(root.length + 1);
  return { folders: { root, session }, unremoved: sweep(root, chooseStale(readdirSync(root), present)) };
}

/** Removes this session's folder, and the root when it is empty; false when something stayed. */
export function closeLab({ root, session }: LabFolders): boolean {
  const left = sweep(root, [session.slice(root.length + 1)]);
  try {
    rmdirSync(root);
  } catch {
    // The lock is still in it, or it is shared with what could not be removed; it holds no data by itself.
  }
  return left.length === 0;
}

function sweep(root: string, names: readonly string[]): string[] {
  return names.filter((name) => {
    try {
      rmSync(join(root, name), { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
      return false;
    } catch {
      return true;
    }
  });
}
