// How the C library hands out memory is settled before a program starts: a server begins again with these in its environment.

/**
 * glibc keeps a pool of its own for each thread and holds on to large blocks once some were freed: with a dozen threads
 * that is a hundred megabytes of nothing. Other C libraries do not read these.
 */
export const SPARING = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: String(256 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(1024 * 1024),
};

/** Replaces this process by the same one under SPARING, unless the operator chose himself or the system cannot. */
export function beginAgainSparing() {
  if (process.platform !== 'linux' || process.execve === undefined || process.channel !== undefined) return;
  if (Object.keys(SPARING).some((name) => process.env[name] !== undefined)) return;
  const args = [process.execPath, ...process.execArgv, '--', ...process.argv.slice(1)];
  process.execve(process.execPath, args, { ...process.env, ...SPARING });
}
