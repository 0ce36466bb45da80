import { MailError } from '../../common/errors.ts';
import { matchesHost } from '../../common/host-pattern.ts';
import type { Discovery } from '../../common/shapes/discovery.ts';
import { CALL_LIMIT, readAnswer } from '../../server-kit/service-client.ts';
import type { StorageCore } from '../context.ts';

/**
 * What the organisation's policy lets the user have of it. MailError `host-not-allowed` reason `policy-host` where settings
 * were found and none of them may be had.
 */
export async function keepAllowed(
  core: Pick<StorageCore, 'profile'>,
  user: string,
  discovery: Discovery,
): Promise<Discovery> {
  const { allowedHosts } = await readAnswer(
    core.profile.policy.read.query({ user }, { signal: AbortSignal.timeout(CALL_LIMIT) }),
  );
  if (allowedHosts === null) return discovery;
  const may = (host: string): boolean => allowedHosts.some((pattern) => matchesHost(host, pattern));
  const found = discovery.found
    .filter(({ pop3 }) => may(pop3.host))
    .map((one) =>
      one.smtp === null || may(one.smtp.host) ? one : { ...one, smtp: null, smtpVerified: false },
    );
  const [refused] = discovery.found;
  if (refused !== undefined && found.length === 0) {
    throw new MailError('host-not-allowed', 'the policy does not allow that host', {
      reason: 'policy-host',
      params: { host: refused.pop3.host },
    });
  }
  const { unencrypted } = discovery;
  return {
    ...discovery,
    found,
    unencrypted: unencrypted !== null && may(unencrypted.host) ? unencrypted : null,
  };
}
