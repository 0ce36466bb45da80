import { existsSync } from 'node:fs';
import { POSTFIX, startPostfixInstance } from '../../test/harness/postfix-instance.ts';
import type { Peer } from './peer.ts';

/** A Postfix of its own: queue, configuration and port; `tuning` are lines of main.cf. */
export async function startPostfix(name: string, tuning: string[], sinkPort: number): Promise<Peer | null> {
  if (!existsSync(POSTFIX) || process.getuid?.() !== 0) return null;
  const instance = await startPostfixInstance({
    hostname: 'bench.test',
    next: sinkPort,
    services: ['pickup unix n - n 60 1 pickup', 'qmgr unix n - n 300 1 qmgr'],
    settings: () => tuning,
  });
  return { name, port: instance.port, pid: instance.pid, stop: async () => instance.stop() };
}
