// One process at a time prepares a clone. The lock stands outside node_modules, which `npm ci` deletes.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from './pinned-node.mjs';

/** Runs `work` while no other process of this repository does the same; a lock whose process is gone is taken over. */
export async function holdLock(name, work) {
  const file = join(ROOT, '.types', `${name}.lock`);
  mkdirSync(join(ROOT, '.types'), { recursive: true });
  while (!tryLock(file)) await wait(100);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file) {
  // Linked into place so that the lock is never seen without its holder's number.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHolderAlive(file)) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function isHolderAlive(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
