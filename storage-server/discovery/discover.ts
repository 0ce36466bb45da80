import {
  findProviderByMx,
  findProviderOfAddress,
  findProviderOfHost,
} from '../../common/providers/find-provider.ts';
import type { ProviderServer } from '../../common/providers/provider.ts';
import type { DiscoveredSettings, Discovery, DiscoverySource } from '../../common/shapes/discovery.ts';
import type { OAuthChoice } from '../../common/shapes/oauth.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { isInside, readAddress, type AddressParts } from './address.ts';
import { describeProvider } from './describe-provider.ts';
import type { Dns } from './dns.ts';
import { findConfig, type ConfigFinding } from './from-config.ts';
import { describeServer, readProvider } from './from-provider.ts';
import { findSrvServers, type SrvServers } from './from-srv.ts';
import { greet } from './greet.ts';
import { listProbeHosts, probeHosts, type Probed, type ProbePorts } from './probe.ts';
import { rankSettings } from './rank.ts';
import { chooseSubmission, type FoundSubmission } from './submission/choose-submission.ts';
import { findSubmission, type SubmissionPorts } from './submission/find-submission.ts';
import { stopWaiting } from './stop-waiting.ts';
import { verifySettings } from './verify.ts';

export interface DiscoveryCore {
  egress: EgressGuard;
  dns: Dns;
  /** Providers that can be signed in at; none when the profile-server cannot say. */
  listChoices: () => Promise<OAuthChoice[]>;
  random: () => number;
  ports: ProbePorts & SubmissionPorts & { https: number };
  /** After so long, what was found so far is the answer: somebody waits on a screen. */
  timeMs: number;
}

const MOST_SRV = 3;
const NEARLY = 0.9;
const NO_SERVERS: SrvServers = { pop3: [], smtp: [], noPop3: false };

/** What the sources that go over the network said. */
interface Said {
  known: ReturnType<typeof findProviderByMx>;
  config: ConfigFinding | null;
  srv: { found: DiscoveredSettings[]; noPop3: boolean };
  probed: Probed;
  submission: FoundSubmission[];
}

/**
 * Settings for an e-mail address, best first (see `Discovery`): a domain of the provider table at once; else by MX, autoconfig,
 * SRV and probing, all at the same time, each through the egress guard. Never throws for what the network answers.
 */
export async function discover(core: DiscoveryCore, email: string): Promise<Discovery> {
  const address = readAddress(email);
  if (address === null) return { email, provider: null, found: [], unencrypted: null };
  const choices = core.listChoices();
  const { domain } = address;
  const own = findProviderOfAddress(`x@${domain}`);
  if (own !== null) {
    const settings = readProvider(own, address, 'own');
    const hints = { known: own, host: settings?.pop3.host ?? null, published: null, noPop3: false, domain };
    const found = settings === null ? [] : [settings];
    return { email, provider: describeProvider(hints, await choices), found, unencrypted: null };
  }
  return assemble(address, await search(core, address), await choices);
}

async function search(core: DiscoveryCore, address: AddressParts): Promise<Said> {
  const { egress, dns, ports } = core;
  const { domain } = address;
  const signal = AbortSignal.timeout(core.timeMs);
  // Sources and submission servers are given up before the end: what was named by then is still told, untried.
  const early = AbortSignal.timeout(NEARLY * core.timeMs);
  const enough = new AbortController();
  const verify = async (found: DiscoveredSettings[]): Promise<DiscoveredSettings[]> => {
    const verified = await verifySettings(found, async (server) => await greet(egress, server, signal));
    if (verified.some((one) => one.verified)) enough.abort();
    return verified;
  };
  const mx = stopWaiting(dns.findMx(domain), early).catch((): string[] => []);
  const read = findConfig(address, { egress, port: ports.https, signal: early });
  const config = read.then(async (finding) => finding && { ...finding, found: await verify(finding.found) });
  const asked = stopWaiting(findSrvServers(dns, domain, core.random), early).catch(() => NO_SERVERS);
  const srv = asked.then(async (servers) => {
    if (servers.noPop3) enough.abort();
    return { found: await verify(readSrv(servers, address)), noPop3: servers.noPop3 };
  });
  const probed = mx.then(async (hosts) => {
    if (findProviderByMx(hosts) !== null) return { server: null, unencrypted: null };
    const until = AbortSignal.any([signal, enough.signal]);
    const tryOne = async (server: ProviderServer, stop: AbortSignal) => await greet(egress, server, stop);
    return await probeHosts(listProbeHosts(domain, hosts), ports, tryOne, until);
  });
  const said = {
    // Not after its POP3 servers were tried: one that is slow leaves no time for these.
    config: read.then((finding) => finding?.smtp ?? []),
    srv: asked.then(({ smtp }) => smtp),
    mx,
  };
  const submission = stopWaiting(findSubmission(core, address, said, early), signal).catch(() => []);
  return {
    known: findProviderByMx(await mx),
    config: await config,
    srv: await srv,
    probed: await probed,
    submission: await submission,
  };
}

function assemble(address: AddressParts, said: Said, choices: OAuthChoice[]): Discovery {
  const { known, config, srv, probed, submission } = said;
  const byMx = known === null ? null : readProvider(known, address, 'customer');
  const { server } = probed;
  const guessed = server === null ? [] : [{ ...makeDnsSettings('probe', server, address), verified: true }];
  const named = [...(config?.found ?? []), ...srv.found, ...guessed];
  const all = [...(byMx === null ? [] : [byMx]), ...named.map((one) => addSubmission(one, submission))];
  const found = rankSettings(all);
  const hints = {
    known,
    host: found[0]?.pop3.host ?? null,
    published: config?.provider ?? null,
    noPop3: srv.noPop3,
    domain: address.domain,
  };
  const unencrypted = found.length > 0 ? null : (config?.unencrypted ?? probed.unencrypted);
  return { email: address.email, provider: describeProvider(hints, choices), found, unencrypted };
}

/** With where its mail is sent; a server that has to be confirmed is proposed only where the whole is. */
function addSubmission(one: DiscoveredSettings, found: readonly FoundSubmission[]): DiscoveredSettings {
  const chosen = chooseSubmission(found, one.source);
  if (chosen === null) return one;
  const { smtp, verified, confirm } = chosen;
  return { ...one, smtp, smtpVerified: verified, confirm: one.confirm || confirm };
}

function readSrv({ pop3 }: SrvServers, address: AddressParts): DiscoveredSettings[] {
  return pop3.slice(0, MOST_SRV).map((server) => makeDnsSettings('srv', server, address));
}

/** Settings of servers whose names came from DNS: what is outside the domain and unknown has to be confirmed. */
function makeDnsSettings(
  source: DiscoverySource,
  pop3: ProviderServer,
  { email, domain }: AddressParts,
): DiscoveredSettings {
  const confirm = !isInside(pop3.host, domain) && findProviderOfHost(pop3.host) === null;
  return {
    source,
    pop3: describeServer(pop3, email, 'auto'),
    smtp: null,
    smtpVerified: false,
    verified: false,
    confirm,
  };
}
