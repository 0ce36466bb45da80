import { globSync } from 'node:fs';
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
const EXPECTED_MINIMUM = process.env['CI'] === 'true' ? 3400 : 1000;

/** Files at once: half of the time of most is waiting. */
const CONCURRENCY = 3;

const files = globSync(trials ? 'test/trials/*.test.ts' : 'test/**/*.test.ts', { cwd: root })
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort()
  .map((file) => join(root, file));

const count = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const skips: string[] = [];

const events = run({ files, concurrency: CONCURRENCY, timeout: trials ? 3_600_000 : 600_000 });
events.on('test:pass', (event) => {
  if (event.details.type === 'suite') return;
  if (event.skip === undefined) count.passed += 1;
  else {
    count.skipped += 1;
    skips.push(`${event.name}: ${typeof event.skip === 'string' ? event.skip : 'skipped'}`);
  }
});
events.on('test:fail', (event) => {
  // A suite fails because a test in it did, and that one is counted; a file that cannot load is a failure itself.
  if ((event.details.error as { failureType?: string }).failureType === 'subtestsFailed') return;
  count.failed += 1;
  failures.push(`${event.file ?? ''}: ${event.name}`);
});
events.compose(new spec()).pipe(process.stdout, { end: false });
events.on('end', () => {
  for (const skip of skips) console.log(`skipped: ${skip}`);
  for (const failure of failures) console.log(`failed: ${failure}`);
  if (wanted.length === 0 && !trials && count.passed < EXPECTED_MINIMUM) {
    console.log(`only ${count.passed} tests ran, at least ${EXPECTED_MINIMUM} are expected`);
    count.failed += 1;
  }
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  process.exitCode = count.failed > 0 ? 1 : 0;
});
