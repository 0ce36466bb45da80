import { SECOND } from '../../common/time.ts';
import { readCallError } from '../../server-kit/service-client.ts';

const FIRST_PAUSE = 200;

/** Parts are started together: until `patience` ms have gone, a profile-server that does not answer yet is waited for. */
export async function waitForProfile<T>(patience: number, call: () => Promise<T>): Promise<T> {
  const end = Date.now() + patience;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, 2 * SECOND)) {
    try {
      return await call();
    } catch (error) {
      const mail = readCallError(error);
      if (mail.code !== 'unavailable' || Date.now() + pause > end) throw mail;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
