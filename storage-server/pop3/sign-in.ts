import { MailError } from '../../common/errors.ts';
import type { Pop3Settings } from '../../common/shapes/account.ts';
import type { Language } from '../../common/shapes/profile.ts';
import { makeApopDigest, readTimestamp } from './apop.ts';
import type { Capabilities } from './capabilities.ts';
import { chooseMethod, type Method } from './choose-method.ts';
import { listMaildrop, type Listing } from './listing.ts';
import { lookAgain, mayPipeline, type Opened } from './open.ts';
import { explainRefusal, type Reply } from './reply.ts';
import { authenticate } from './sasl/exchange.ts';
import { makeLogin } from './sasl/login.ts';
import type { Credentials, Mechanism } from './sasl/mechanism.ts';
import { makeOauthbearer } from './sasl/oauthbearer.ts';
import { makePlain } from './sasl/plain.ts';
import { makeScramSha256 } from './sasl/scram-sha-256.ts';
import { makeXoauth2 } from './sasl/xoauth2.ts';

export interface SignInJob {
  settings: Pop3Settings;
  /** The password, or the access token for XOAUTH2 and OAUTHBEARER. */
  secret: string;
  /** In which the server's texts are wanted; null: as it likes. */
  language: Language | null;
  /** The listing is wanted next: it leaves with the password where that is allowed. */
  listing: boolean;
}

/** `listing` is on its way, null where it was not asked for yet. */
export interface SignedIn {
  listing: Promise<Listing> | null;
}

const MECHANISMS: Record<Exclude<Method, 'user' | 'apop'>, (credentials: Credentials) => Mechanism> = {
  plain: makePlain,
  login: makeLogin,
  'scram-sha-256': makeScramSha256,
  xoauth2: makeXoauth2,
  oauthbearer: makeOauthbearer,
};

/**
 * Signs in with one method: a wrong password counts once at the server. A second is tried only where the first was chosen from what was
 * remembered of the server and does not fit any more (see findOtherMethod): that refusal said nothing of the password.
 * MailError auth-failed, needs-sign-in, in-use, login-delay, server-error, tls, invalid.
 */
export async function signIn(opened: Opened, job: SignInJob): Promise<SignedIn> {
  refuseControls(job.settings.user, 'user');
  refuseControls(job.secret, 'password');
  opened.wire.hide(job.secret);
  const method = await choose(opened, job);
  try {
    return await tryMethod(opened, job, method);
  } catch (error) {
    const other = await findOtherMethod(opened, job, method, error);
    if (other === null) throw error;
    return await tryMethod(opened, job, other);
  }
}

/** A line break in a name would be a second command (RFC 1939 has no quoting). */
function refuseControls(text: string, field: string): void {
  if (/[\r\n\u0000]/.test(text)) {
    throw new MailError('invalid', `${field} holds a line break or NUL`, {
      reason: 'control-character',
      field,
    });
  }
}

async function choose(opened: Opened, job: SignInJob): Promise<Method> {
  try {
    return chooseFor(opened, job);
  } catch (error) {
    if (!opened.remembered || !(await lookAgain(opened))) throw error;
    return chooseFor(opened, job);
  }
}

function chooseFor({ capabilities, tls, greeting }: Opened, { settings, secret }: SignInJob): Method {
  return chooseMethod({
    auth: settings.auth,
    capabilities,
    secure: tls !== null,
    timestamp: readTimestamp(greeting.text) !== null,
    ascii: /^[\u0000-\u007f]*$/.test(settings.user + secret),
  });
}

/**
 * Where what an earlier session heard made us choose a way that the server no longer offers, its refusal said nothing about the password.
 * Null: the refusal stands.
 */
async function findOtherMethod(
  opened: Opened,
  job: SignInJob,
  method: Method,
  error: unknown,
): Promise<Method | null> {
  if (!opened.remembered || !(error instanceof MailError)) return null;
  const bare = error.code === 'auth-failed' || error.code === 'needs-sign-in' || error.code === 'protocol';
  if (!bare || /^-ERR \[AUTH\b/i.test(error.serverLine ?? '')) return null;
  if (!(await lookAgain(opened)) || isOffered(method, opened.capabilities)) return null;
  const other = chooseFor(opened, job);
  return other === method ? null : other;
}

function isOffered(method: Method, { answered, user, sasl }: Capabilities): boolean {
  if (!answered || method === 'apop') return true;
  return method === 'user' ? user : sasl?.includes(method.toUpperCase()) === true;
}

async function tryMethod(opened: Opened, job: SignInJob, method: Method): Promise<SignedIn> {
  const { wire, capabilities, limits, learned } = opened;
  const { settings, secret } = job;
  const { user, host, port } = settings;
  const prelude = listPrelude(capabilities, job.language);
  const pipelining = mayPipeline(opened);
  const ahead = job.listing && pipelining && opened.lockstep === 'no';
  if (!pipelining) for (const line of prelude) await wire.ask(line);
  const mechanism =
    method === 'user' || method === 'apop' ? null : MECHANISMS[method]({ user, secret, host, port });
  let login: Promise<Reply> | null = null;
  let listing: Promise<Listing> | null = null;
  wire.join(() => {
    if (pipelining) for (const line of prelude) wire.ask(line).catch(ignore);
    if (mechanism !== null) login = authenticate(wire, mechanism);
    else login = method === 'user' ? askByPassword(opened, job) : askByApop(opened, job);
    // Behind AUTH nothing is sent ahead: only its last reply tells what the connection speaks from there on.
    if (ahead && mechanism === null) listing = listMaildrop(wire, limits, true);
    learned.pipelined ||= pipelining && (listing !== null || prelude.length > 0 || mechanism === null);
  });
  (listing as Promise<Listing> | null)?.then(() => (learned.behindSignIn = false), ignore);
  const reply = await login!;
  if (reply.kind === 'ok') {
    learned.behindSignIn = listing !== null;
    return { listing };
  }
  const refused = explainRefusal(reply, 'login', capabilities.loginDelay);
  throw mechanism?.explain?.(refused) ?? refused;
}

/**
 * UTF8 (RFC 6856) makes the server hand messages over as they are. Without it one with UTF-8 in its header is down-graded; Courier hands out a
 * letter of its own in its place. A message without is the same either way, and so are UIDLs and sizes. Language only from servers whose
 * refusals carry codes: their words are no longer ours to read. Both may be refused without harm.
 */
function listPrelude({ utf8, lang, responseCodes }: Capabilities, language: Language | null): string[] {
  return [
    ...(utf8 === 'no' ? [] : ['UTF8']),
    ...(lang && responseCodes && language !== null ? [`LANG ${language}`] : []),
  ];
}

/** RFC 1939 section 7; in one packet where the server said PIPELINING. */
async function askByPassword(opened: Opened, { settings, secret }: SignInJob): Promise<Reply> {
  const { wire } = opened;
  if (!mayPipeline(opened)) {
    const named = await wire.ask(`USER ${settings.user}`);
    return named.kind === 'ok' ? await wire.ask(`PASS ${secret}`) : named;
  }
  const asked = [wire.ask(`USER ${settings.user}`), wire.ask(`PASS ${secret}`)];
  const [named, passed] = await Promise.all(asked);
  return named!.kind === 'ok' ? passed! : named!;
}

async function askByApop({ wire, greeting }: Opened, { settings, secret }: SignInJob): Promise<Reply> {
  const timestamp = readTimestamp(greeting.text) ?? '';
  return await wire.ask(`APOP ${settings.user} ${makeApopDigest(timestamp, secret)}`);
}

function ignore(): void {
  // Whoever waits for it is told; here nobody does any more.
}
