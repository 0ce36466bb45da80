import { MailError } from '../../../../common/errors.ts';
import type { OidcChoice, OidcProvider } from '../../../../common/shapes/directory.ts';
import type { Reader } from '../../../../server-kit/database/database.ts';
import { appendAudit } from '../../../audit/audit-store.ts';
import type { ProfileContext } from '../../../context.ts';
import type { OidcInput } from '../../directory-shapes.ts';
import { makeFacts, type ProviderFacts } from './provider-rule.ts';
import {
  findProvider,
  listProviderRecords,
  removeProviderRecord,
  saveProvider,
  type ProviderRecord,
} from './provider-store.ts';

/** A provider with the secret in clear, to be asked. */
export interface AskedProvider extends ProviderFacts {
  id: string;
  issuer: string;
  clientId: string;
  clientSecret: string | null;
}

/** For the sign-in screen. */
export async function listOidcChoices(reader: Reader): Promise<OidcChoice[]> {
  const records = await listProviderRecords(reader);
  return records.map((record) => {
    const { id, name, logout } = viewProvider(record);
    return { id, name, logout };
  });
}

export async function listProviders(reader: Reader): Promise<OidcProvider[]> {
  return (await listProviderRecords(reader)).map(viewProvider);
}

/** MailError `not-found`. */
export async function demandProvider(server: ProfileContext, id: string): Promise<AskedProvider> {
  const record = await findProvider(server.db.read, id);
  if (record === undefined) throw refuseProvider(id);
  const sealed = record.sealed_secret;
  return {
    ...readFacts(record),
    id,
    issuer: record.issuer,
    clientId: record.client_id,
    clientSecret: sealed === null ? null : server.masterKey.unseal(sealed, aadOf(id)).toString(),
  };
}

/** Adds a provider or sets it anew; MailError `invalid` names the field. */
export async function setProvider(
  server: ProfileContext,
  admin: string,
  input: OidcInput,
): Promise<OidcProvider> {
  const facts = makeFacts(input);
  const { id, issuer, clientId, clientSecret } = input;
  const record = await server.db.write(async (tx) => {
    const at = server.clock.now();
    const before = await findProvider(tx, id);
    const kept = {
      id,
      issuer,
      client_id: clientId,
      sealed_secret: chooseSecret(server, id, clientSecret, before, issuer),
      facts: JSON.stringify(facts),
      changed_at: at,
    };
    await saveProvider(tx, kept);
    const detail = { issuer, clientId, makesUsers: String(facts.makesUsers) };
    await appendAudit(tx, { at, actor: admin, action: 'directory.set-oidc', subject: id, detail });
    return kept;
  });
  server.discovery.forget(issuer);
  return viewProvider(record);
}

/** Nobody comes in by it any more; those it made stay. MailError `not-found`. */
export async function removeProvider(
  server: ProfileContext,
  admin: string,
  id: string,
): Promise<{ removed: string }> {
  await server.db.write(async (tx) => {
    if (!(await removeProviderRecord(tx, id))) throw refuseProvider(id);
    const at = server.clock.now();
    await appendAudit(tx, { at, actor: admin, action: 'directory.remove-oidc', subject: id, detail: {} });
  });
  return { removed: id };
}

/** A secret that was not typed again stays, but is shown to nobody else than the issuer that it was set for. */
function chooseSecret(
  server: ProfileContext,
  id: string,
  given: string | null | undefined,
  before: ProviderRecord | undefined,
  issuer: string,
): Buffer | null {
  if (given === undefined) return before?.issuer === issuer ? before.sealed_secret : null;
  return given === null ? null : server.masterKey.seal(Buffer.from(given), aadOf(id));
}

function viewProvider(record: ProviderRecord): OidcProvider {
  return {
    id: record.id,
    issuer: record.issuer,
    clientId: record.client_id,
    hasSecret: record.sealed_secret !== null,
    ...readFacts(record),
  };
}

function readFacts(record: ProviderRecord): ProviderFacts {
  return JSON.parse(record.facts) as ProviderFacts;
}

function aadOf(id: string): string[] {
  return ['oidc_provider', id];
}

function refuseProvider(id: string): MailError {
  return new MailError('not-found', `no provider ${id}`, {
    reason: 'oauth-provider',
    params: { provider: id },
  });
}
