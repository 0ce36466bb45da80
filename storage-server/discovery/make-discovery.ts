import { SECOND } from '../../common/time.ts';
import { CALL_LIMIT, readCallError } from '../../server-kit/service-client.ts';
import { TestLimit } from '../account-test/test-limit.ts';
import type { StorageCore } from '../context.ts';
import { discover, type DiscoveryCore } from './discover.ts';
import type { Discovery } from '../../common/shapes/discovery.ts';
import { makeDns } from './dns.ts';
import { keepAllowed } from './keep-allowed.ts';

/** Finds the settings of e-mail addresses for users. */
export interface Discoverer {
  /** MailError `too-many-tries`: it makes this server connect to hosts that the user chooses. */
  find(user: string, email: string): Promise<Discovery>;
}

const PORTS = { https: 443, implicit: 995, starttls: 110, submissions: 465, submission: 587 };

export function makeDiscovery(
  core: Pick<StorageCore, 'settings' | 'egress' | 'profile' | 'clock' | 'random' | 'log'>,
): Discoverer {
  const limit = new TestLimit(core.clock);
  const discovery: DiscoveryCore = {
    egress: core.egress,
    dns: makeDns(core.settings.dns),
    listChoices: async () => {
      try {
        const limited = { signal: AbortSignal.timeout(CALL_LIMIT) };
        return (await core.profile.oauth.providers.query(undefined, limited)).providers;
      } catch (error) {
        core.log.warn('discovery.no-sign-ins', { error: readCallError(error) });
        return [];
      }
    },
    random: () => Buffer.from(core.random(4)).readUInt32LE() / 2 ** 32,
    ports: PORTS,
    timeMs: 8 * SECOND,
  };
  return {
    find: async (user, email) =>
      await limit.run(user, async () => {
        const began = core.clock.now();
        const discovered = await keepAllowed(core, user, await discover(discovery, email));
        const sources = discovered.found.map(({ source }) => source);
        // Neither address nor domain: who has which mailbox is nobody's business but the user's.
        core.log.info('discovery.done', { sources, seconds: (core.clock.now() - began) / SECOND });
        return discovered;
      }),
  };
}
