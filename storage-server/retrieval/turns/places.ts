/** Sessions at once. One that waits for its server costs a socket and little else; so many that dead servers do not fill them. */
const MOST_AT_ONCE = 400;
/** Sessions begun by one claim. */
const MOST_BEGUN = 64;
/** Of a process that has no time or memory to spare. */
const FEWEST_BEGUN = 8;
/** Part of the time in which the event loop works. */
const BUSY = 0.9;
/** Bytes, of the whole process: beyond it only few sessions at a time. */
const MEMORY = { tight: 1 << 30, mostAtOnce: 64 };

/** What this process has to bear at the moment. */
export interface Load {
  /** Sessions under way. */
  running: number;
  /** 0…1, since the last look. */
  utilization: number;
  /** Resident bytes. */
  memory: number;
}

/** How many more polls to begin now. */
export function countFree({ running, utilization, memory }: Load): number {
  const tight = memory > MEMORY.tight;
  const free = (tight ? MEMORY.mostAtOnce : MOST_AT_ONCE) - running;
  return Math.max(0, Math.min(free, tight || utilization > BUSY ? FEWEST_BEGUN : MOST_BEGUN));
}

/** Milliseconds in which what belongs to one request gathers: where few sessions are under way nobody else comes. */
export function decidePace(running: number): number {
  return running > MANY ? 50 : 20;
}

const MANY = 32;
