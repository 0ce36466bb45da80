import { after } from 'node:test';

/** Milliseconds in which what a file started has to be gone once its tests are over. */
const PATIENCE = 15_000;

/**
 * Loaded before each test file. A file whose `before` failed may leave a server or a timer: its process would never end, and
 * the run would wait for it. `forceExit` of node:test is no way out: it ends a process before all its results were read.
 */
after(() => {
  setTimeout(() => {
    const left = process.getActiveResourcesInfo().join(', ');
    process.stderr.write(`${process.argv[1]} still runs after its tests: ${left}\n`);
    process.exit(1);
  }, PATIENCE).unref();
});
