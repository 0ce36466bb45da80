import { globSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/**
 * Runs the tests: all of test/ and the trials at their small size; `--trials` runs only the trials at
 * full size; further words are file names or parts of them. The last line is `N passed, N failed, N skipped`.
 */
const root = join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const trials = words.includes('--trials');
const wanted = words.filter((word) => !word.startsWith('--'));
if (trials) process.env['VALIJA_TRIALS'] = 'full';

/** A run that loses whole files to a typing error would still be green; so it has to be at least this many, more where every component is there. */
const EXPECTED_MINIMUM = process.env['CI'] === 'true' ? 5500 : 1000;

const END_FILE = join(import.meta.dirname, 'harness/end-file.ts');

/**
 * Where tests put their data when nobody said: into memory, if there is room. What they prove is what a process that is
 * killed leaves behind, for which the disk is slower and not better: MariaDB's tables are made four times as fast.
 */
const MEMORY = { path: '/dev/shm', least: 8 * 2 ** 30 };

function putDataIntoMemory(): void {
  if (process.env['TMPDIR'] !== undefined) return;
  try {
    const { bavail, bsize } = statfsSync(MEMORY.path);
    if (bavail * bsize >= MEMORY.least) process.env['TMPDIR'] = MEMORY.path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Files at once: half of the time of most is waiting. */
const CONCURRENCY = 4;

/**
 * Four files at once on two cores starve each other at times. So many files that failed are run once more, each alone, and
 * what they say then counts; which they were is told. More would be no accident.
 */
const MOST_AGAIN = 8;

interface Counts {
  passed: number;
  skipped: string[];
  /** Names of tests, by file. */
  failures: Map<string, string[]>;
}

const files = globSync(trials ? 'test/trials/*.test.ts' : 'test/**/*.test.ts', { cwd: root })
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort((a, b) => Number(isLong(b)) - Number(isLong(a)) || a.localeCompare(b))
  .map((file) => join(root, file));

/** They take long and mostly wait: at the end, beside each other, they would leave the processors idle. */
function isLong(file: string): boolean {
  return /^test\/(?:trials|system)\/|accessibility/.test(file);
}

async function runFiles(some: readonly string[], concurrency: number): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>();
  const countsOf = (file: string | undefined): Counts => {
    const found = counts.get(file ?? '') ?? { passed: 0, skipped: [], failures: new Map() };
    counts.set(file ?? '', found);
    return found;
  };
  const timeout = trials ? 3_600_000 : 600_000;
  const events = run({ files: [...some], concurrency, timeout, execArgv: ['--import', END_FILE] });
  events.on('test:pass', (event) => {
    if (event.details.type === 'suite') return;
    const own = countsOf(event.file);
    if (event.skip === undefined) own.passed += 1;
    else own.skipped.push(`${event.name}: ${typeof event.skip === 'string' ? event.skip : 'skipped'}`);
  });
  events.on('test:fail', (event) => {
    // A suite fails because a test in it did, and that one is counted; a file that cannot load is a failure itself.
    if ((event.details.error as { failureType?: string }).failureType === 'subtestsFailed') return;
    const file = event.file ?? '';
    const { failures } = countsOf(file);
    failures.set(file, [...(failures.get(file) ?? []), event.name]);
  });
  events.compose(new spec()).pipe(process.stdout, { end: false });
  await new Promise((resolve) => events.once('end', resolve));
  return counts;
}

if (!trials) putDataIntoMemory();
const counts = await runFiles(files, CONCURRENCY);
const failed = [...counts].filter(([, { failures }]) => failures.size > 0).map(([file]) => file);
if (!trials && failed.length <= MOST_AGAIN) {
  for (const file of failed.filter((one) => files.includes(one))) {
    for (const name of counts.get(file)?.failures.get(file) ?? [])
      console.log(`again, alone: ${file}: ${name}`);
    const second = await runFiles([file], 1);
    counts.set(
      file,
      second.get(file) ?? { passed: 0, skipped: [], failures: new Map([[file, ['nothing ran']]]) },
    );
  }
}

const all = [...counts.values()];
const passed = all.reduce((sum, one) => sum + one.passed, 0);
const skips = all.flatMap(({ skipped }) => skipped);
const failures = all.flatMap((one) =>
  [...one.failures].flatMap(([file, names]) => names.map((name) => `${file}: ${name}`)),
);
for (const skip of skips) console.log(`skipped: ${skip}`);
for (const failure of failures) console.log(`failed: ${failure}`);
if (wanted.length === 0 && !trials && passed < EXPECTED_MINIMUM) {
  console.log(`only ${passed} tests ran, at least ${EXPECTED_MINIMUM} are expected`);
  failures.push('too few tests');
}
console.log(`${passed} passed, ${failures.length} failed, ${skips.length} skipped`);
process.exitCode = failures.length > 0 ? 1 : 0;
