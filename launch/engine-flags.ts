import { setFlagsFromString } from 'node:v8';

/** Servers stay, and do a little of everything: settings of V8 for this process and the threads that it starts from now on. */
const FLAGS = [
  // Room for short-lived values that grows and is not given back costs each thread 50 MiB and more. Where that room is small,
  // the other must not be looked through every few MiB.
  '--semi-space-growth-factor=1',
  '--initial-old-space-size=24',
  // V8's second compiler is worth its time for what is called all day. Left alone it takes an eighth of an import's processor
  // time, in each thread anew, for functions that run once for a mail.
  '--invocation-count-for-turbofan=20000',
];

export function setEngineFlags(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}
