import { Worker } from 'node:worker_threads';
import { fingerprint, hasFingerprint } from './fingerprint.ts';

/** Whether a text, in small letters, is among the passwords that are guessed first. */
export type IsCommon = (text: string) => boolean;

let loaded: Promise<IsCommon> | null = null;

/**
 * The list of 49,000 breached and common passwords that comes with us (@zxcvbn-ts/language-common): nothing is asked of
 * anybody outside. Read when the first password is chosen, in a thread that ends with it, so that 400 KB stay and no
 * request waits while it is unpacked.
 */
export async function loadCommonPasswords(): Promise<IsCommon> {
  loaded ??= readList().catch((error: unknown) => {
    loaded = null;
    throw error;
  });
  return await loaded;
}

async function readList(): Promise<IsCommon> {
  const worker = new Worker(new URL('./common-passwords-thread.ts', import.meta.url));
  const prints = await new Promise<Float64Array>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the list of passwords was not read: ${code}`)));
  });
  return (text) => hasFingerprint(prints, fingerprint(text));
}
