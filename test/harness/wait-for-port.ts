import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Until something listens on that loopback port; throws after twenty seconds. */
export async function waitForPort(port: number): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const there = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (there) return;
    await setTimeout(20);
  }
  throw new Error(`nothing listens on ${port}`);
}
