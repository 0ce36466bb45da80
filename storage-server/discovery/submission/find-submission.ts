import { findProviderByMx, findProviderOfHost } from '../../../common/providers/find-provider.ts';
import type { ProviderServer } from '../../../common/providers/provider.ts';
import type { SmtpSettings } from '../../../common/shapes/account.ts';
import type { EgressGuard } from '../../../server-kit/egress/guard.ts';
import { isInside, type AddressParts } from '../address.ts';
import { describeServer } from '../from-provider.ts';
import { probeHosts } from '../probe.ts';
import { type FoundSubmission, listSubmissionHosts } from './choose-submission.ts';
import { greetSubmission } from './greet-submission.ts';
import { verifySubmission } from './verify-submission.ts';

export interface SubmissionPorts {
  submissions: number;
  submission: number;
}

/**
 * Submission servers for an address: what its autoconfig file and its SRV records name (RFC 6186, RFC 8314), tried; where
 * none of those works, the usual names on 465 and 587 under TLS.
 */
export async function findSubmission(
  core: { egress: EgressGuard; ports: SubmissionPorts },
  address: AddressParts,
  said: {
    config: Promise<readonly SmtpSettings[]>;
    srv: Promise<readonly ProviderServer[]>;
    mx: Promise<readonly string[]>;
  },
  signal: AbortSignal,
): Promise<FoundSubmission[]> {
  const greet = async (server: ProviderServer, until = signal) =>
    await greetSubmission(core.egress, server, until);
  const [config, srv] = await Promise.all([
    said.config.then(async (servers) =>
      verifySubmission(
        servers.map((smtp) => ({ source: 'autoconfig', smtp, verified: false, confirm: false })),
        greet,
      ),
    ),
    said.srv.then(async (servers) =>
      verifySubmission(
        servers.map((server) => describe('srv', server, address)),
        greet,
      ),
    ),
  ]);
  const named = [...config, ...srv];
  const mxHosts = await said.mx;
  // A known provider's servers stand in the table.
  if (named.some(({ verified }) => verified) || findProviderByMx(mxHosts) !== null) return named;
  const ports = { implicit: core.ports.submissions, starttls: core.ports.submission };
  const { server } = await probeHosts(listSubmissionHosts(address.domain, mxHosts), ports, greet, signal);
  return server === null ? named : [...named, { ...describe('probe', server, address), verified: true }];
}

/** A name that came from DNS: what is outside the domain and unknown has to be confirmed. */
function describe(source: 'srv' | 'probe', server: ProviderServer, address: AddressParts): FoundSubmission {
  const confirm = !isInside(server.host, address.domain) && findProviderOfHost(server.host) === null;
  return { source, smtp: describeServer(server, address.email, 'auto'), verified: false, confirm };
}
