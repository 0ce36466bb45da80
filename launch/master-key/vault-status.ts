import { resolve } from 'node:path';
import type { Call, Outcome } from '../../command/call.ts';
import { fill } from '../../command/words/words.ts';
import type { VaultStatus } from '../../profile-server/operate.ts';
import { askServer, demandRunning, type JobPlace } from '../ask-server.ts';
import { readStorePlace } from '../store-place.ts';
import { MASTER_KEY_WORDS } from './words.ts';

/** The running profile-server of `--data`; MailError `unavailable` (`master-key-needs-server`). */
export function findVault(call: Call): JobPlace {
  const dir = resolve(readStorePlace(call).dataDir, '..');
  const place: JobPlace = {
    dir,
    part: 'profile-server',
    folder: 'rotating',
    reason: 'master-key-needs-server',
  };
  demandRunning(place);
  return place;
}

export async function askVault(place: JobPlace, what: 'status' | 'cancel'): Promise<VaultStatus> {
  return (await askServer(place, { do: what })) as VaultStatus;
}

export function viewVault(call: Call, status: VaultStatus): Outcome {
  const words = MASTER_KEY_WORDS[call.language()];
  const lines = [fill(words.key, { key: status.key })];
  for (const { kind, from, to, state, moved } of status.rotations.slice(0, 5)) {
    const what = kind === 'data' ? words.dataKeys : `${from} → ${to}`;
    lines.push(`${what}: ${words[state]}, ${fill(words.rows, { n: moved })}`);
  }
  for (const { place, waitedFor } of status.processes) {
    if (waitedFor) lines.push(fill(words.waitsFor, { places: place }));
  }
  return { value: status, text: lines.join('\n') };
}
