import { foldHost } from '../host.ts';
import { TRACKERS, TRACKING_PATHS, type Tracker } from './trackers.ts';

/** Paths that count readers whoever they belong to; told without a name. */
const COUNTING =
  /\/(?:open|opened|opens|track|tracking|pixel|beacon|track[_-]?open|email[_-]?open|open[_-]?track\w*|mail[_-]?open)(?:\.(?:gif|png|jpg|php|aspx|asp|ashx|jsp|cgi))?(?:[/?;]|$)/i;
/** So that only what is about one reader counts: a long token in the address. */
const TOKEN = /[\w-]{16,}|\d{6,}/;

interface Known {
  tracker: Tracker;
  host: RegExp;
}

const plain = new Map<string, Tracker[]>();
const patterns: Known[] = [];
for (const tracker of TRACKERS) {
  for (const host of tracker.hosts) {
    if (!host.includes('*')) plain.set(host, [...(plain.get(host) ?? []), tracker]);
    else patterns.push({ tracker, host: makePattern(host) });
  }
}

function makePattern(host: string): RegExp {
  const escaped = host.replaceAll('.', '\\.').replaceAll('*', '[a-z0-9]{0,20}');
  return new RegExp(`(?:^|\\.)${escaped}$`);
}

/**
 * The service that counts readers by a picture at `path` (with its query) of a host: its name, `null` where only the
 * address says so; undefined: nothing does.
 */
export function findTracker(of: string, path: string): string | null | undefined {
  const host = foldHost(of);
  for (let end = host; end !== ''; end = end.slice(nextLabel(end))) {
    const found = plain.get(end)?.find((tracker) => fits(tracker, path));
    if (found !== undefined) return found.name;
  }
  const found = patterns.find((known) => known.host.test(host) && fits(known.tracker, path));
  if (found !== undefined) return found.tracker.name;
  const named = TRACKING_PATHS.find((one) => one.path.test(path));
  if (named !== undefined) return named.name;
  return COUNTING.test(path) && TOKEN.test(path) ? null : undefined;
}

function fits(tracker: Tracker, path: string): boolean {
  return tracker.path === undefined || tracker.path.test(path);
}

/** Where the name of the parent begins. */
function nextLabel(host: string): number {
  const dot = host.indexOf('.');
  return dot === -1 ? host.length : dot + 1;
}
