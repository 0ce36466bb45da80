import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import { MINUTE, type Millis } from '../../common/time.ts';
import type { PartKind } from '../../server-kit/auth/caller.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { takeRevision } from '../profile/profile-store.ts';
import { releaseLeasesOfPart, removeLeasesOfPart } from '../schedule/lease-store.ts';
import { tellSchedule } from '../schedule/tell-schedule.ts';
import { hashSecretCode, makeSecretCode } from '../secret-code.ts';
import { addRevocation } from '../session/revocation-store.ts';
import { listHomeless, setHome } from '../user/user-store.ts';
import {
  addEnrolCode,
  addPart,
  findPart,
  setAddress,
  setNewUsers,
  setShutOut,
  useEnrolCode,
} from './part-store.ts';
import type { PublicJwk, SubmissionAddress } from './part-shapes.ts';

const CODE_LIFE = 15 * MINUTE;
const ID_PREFIX: Record<PartKind, string> = { 'storage-server': 'storage', 'smtp-relay': 'relay' };

/** A code by which one part of that kind may register within 15 minutes, once. */
export async function makeEnrolCode(
  server: ProfileContext,
  madeBy: string,
  kind: PartKind,
): Promise<{ code: string; expiresAt: Millis }> {
  const code = makeSecretCode(server.random);
  const at = server.clock.now();
  const expiresAt = at + CODE_LIFE;
  await server.db.write(async (tx) => {
    await addEnrolCode(tx, { hash: hashSecretCode(code), kind, madeBy, expiresAt });
    await appendAudit(tx, { at, actor: madeBy, action: 'part.code', subject: kind, detail: {} });
  });
  return { code, expiresAt };
}

/** Makes a part of Valija known by its public key. MailError `forbidden` (`enrol-code`). */
export async function enrolPart(
  server: ProfileContext,
  input: { code: string; kind: PartKind; publicJwk: PublicJwk },
): Promise<{ part: string; issuer: string }> {
  const { kind, publicJwk } = input;
  const part = makeId(ID_PREFIX[kind], server.random);
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    if (!(await useEnrolCode(tx, hashSecretCode(input.code), kind, at))) {
      throw new MailError('forbidden', 'enrolment code refused', { field: 'code', reason: 'enrol-code' });
    }
    await addPart(tx, {
      id: part,
      kind,
      public_jwk: JSON.stringify(publicJwk),
      url: null,
      submission: null,
      state: 'active',
      created_at: at,
      last_seen: at,
      new_users: 1,
    });
    await appendAudit(tx, { at, actor: part, action: 'part.enrol', subject: part, detail: { kind } });
  });
  server.log.info('part.enrolled', { part, kind });
  return { part, issuer: server.settings.publicUrl };
}

/**
 * A part that has just started says where it is. The first storage-server becomes home of the users who have none; what
 * it held under lease before it ended is free at once.
 */
export async function announcePart(
  server: ProfileContext,
  caller: { part: string; partKind: PartKind },
  address: { url: string; submission: SubmissionAddress | null },
): Promise<void> {
  await server.db.write(async (tx) => {
    const submission = address.submission === null ? null : JSON.stringify(address.submission);
    const { part } = caller;
    if (caller.partKind === 'storage-server') {
      for (const user of await listHomeless(tx)) {
        await takeRevision(tx, user);
        await setHome(tx, user, part);
      }
    }
    await releaseLeasesOfPart(tx, part);
    await setAddress(tx, part, { url: address.url, submission, now: server.clock.now() });
  });
  server.hints.give('change');
  tellSchedule(server);
}

/** Whether users who register may get this storage-server as their home. MailError `not-found`. */
export async function editPart(
  server: ProfileContext,
  admin: string,
  change: { id: string; newUsers: boolean },
): Promise<void> {
  const { id, newUsers } = change;
  await server.db.write(async (tx) => {
    const part = await findPart(tx, id);
    if (part?.kind !== 'storage-server') {
      throw new MailError('not-found', `no storage-server ${id}`, {
        reason: 'storage-server',
        params: { id },
      });
    }
    await setNewUsers(tx, id, newUsers);
    const at = server.clock.now();
    await appendAudit(tx, {
      at,
      actor: admin,
      action: 'part.edit',
      subject: id,
      detail: { newUsers: newUsers ? 1 : 0 },
    });
  });
}

/** From now on nothing that the part says or signs counts; the others hear of it within 5 s. MailError `not-found`. */
export async function shutOutPart(server: ProfileContext, admin: string, id: string): Promise<void> {
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    if (!(await setShutOut(tx, id))) {
      if ((await findPart(tx, id)) === undefined) throw new MailError('not-found', `no part ${id}`);
      return;
    }
    await removeLeasesOfPart(tx, id);
    await addRevocation(tx, { kind: 'part', id, at });
    await appendAudit(tx, { at, actor: admin, action: 'part.shut-out', subject: id, detail: {} });
  });
  server.hints.give('revocation');
  server.hints.give('change');
  tellSchedule(server);
}
