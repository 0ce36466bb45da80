import { ALONE, profileServer } from '../clients.ts';
import { toProblem } from '../problem.ts';
import { describeClient, goOn } from '../session-actions.ts';

/** Milliseconds until a call is repeated that found no connection. */
const PAUSE = 2000;

/** The secret of a program that waits while a person signs in with the system's browser. */
export interface WaitingProgram {
  secret: string;
  /** Goes into the address: whoever sees that can do nothing with it. */
  hash: string;
  /** Stands in the program and on the page, so that a person sees that they belong together. */
  number: string;
}

export async function makeProgram(): Promise<WaitingProgram> {
  const secret = encode(crypto.getRandomValues(new Uint8Array(32)));
  const hash = encode(await digest(JSON.stringify(['program', secret])));
  return { secret, hash, number: await nameProgram(hash) };
}

/** What a program shows that waits for the secret of this hash, and the page that lets it in. */
export async function nameProgram(hash: string): Promise<string> {
  const shown = new DataView((await digest(`shown ${hash}`)).buffer).getUint32(0);
  return String(shown % 10_000).padStart(4, '0');
}

/** Waits for the person in the browser, and begins the session here. Throws what went wrong. */
export async function awaitProgram(
  { secret }: WaitingProgram,
  keep: { remember: boolean; lab: boolean },
  signal: AbortSignal,
): Promise<void> {
  while (!(await hasCome(secret, signal))) signal.throwIfAborted();
  const { remember, lab } = keep;
  const input = { ticket: secret, ...describeClient(lab), remember };
  await goOn(await profileServer().session.finishOidc.mutate(input), keep);
}

async function hasCome(secret: string, signal: AbortSignal): Promise<boolean> {
  try {
    const waited = await profileServer().session.waitOidc.query({ ticket: secret }, { signal, ...ALONE });
    return waited.state === 'done';
  } catch (error) {
    signal.throwIfAborted();
    const { code } = toProblem(error);
    if (code !== 'offline' && code !== 'unavailable') throw error;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return false;
  }
}

async function digest(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
