import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { DAY, HOUR } from '../common/time.ts';
import type { ProfileContext } from './context.ts';
import { removeOldHours } from './health/heat-map/poll-hour-store.ts';
import { removeOldTickets as removeOldOidcTickets } from './directory/oidc/ticket-store.ts';
import { removeOldAlerts } from './alert/alert-store.ts';
import { removeOldDeliveries } from './alert/delivery-store.ts';
import { removeOldNotices } from './notice/notice-store.ts';
import { closeExpiredLogIns, removeOldLogIns } from './lab/session-log-store.ts';
import { removeOldEnrolCodes } from './part/part-store.ts';
import { trimHistory } from './profile/trim-history-store.ts';
import { removeOldCodes } from './sender/code-store.ts';
import { removeOldResets } from './reset/reset-store.ts';
import { removeOldInvites } from './registration/invite-store.ts';
import { removeOldNotes } from './session/note/note-store.ts';
import { NOTES_KEPT } from './session/note/security-notes.ts';
import { removeOldPlaces } from './session/place/place-store.ts';
import { removeOldTickets } from './session/ticket/ticket-store.ts';
import { removeOldRevocations } from './session/revocation-store.ts';
import { removeExpiredSessions } from './session/session-store.ts';
import { FORGET_AFTER } from './password/tries/try-limit.ts';
import { removeOldTries } from './password/tries/try-store.ts';
import { removeOldUses } from './vault/credential-log-store.ts';
import { removeOldWraps } from './vault/personal/personal-key-store.ts';

/** Uses of credentials are kept this long. */
const USES_KEPT = 30 * DAY;
/** Their sums by hour, to compare with the year before. */
const SUMS_KEPT = 400 * DAY;
/** Who signed in where, on computers that many people use. */
const LOG_INS_KEPT = 90 * DAY;
/** From where a user signs in: a year without it is a new place. */
const PLACES_KEPT = 365 * DAY;
/** Far longer than any token lives. */
const REVOCATIONS_KEPT = 7 * DAY;

/** Of senders' codes: by then no limit counts them, and no relay takes their mail. */
const CODES_KEPT = 2 * DAY;

/** Of the heat map, which shows two days. */
const HOURS_KEPT = 14 * DAY;

/** Alerts that are over, and what was told of them. */
const ALERTS_KEPT = 90 * DAY;

/** Removes what has run out; every statement may be repeated. */
export async function cleanUp(server: ProfileContext): Promise<void> {
  const now = server.clock.now();
  await server.db.write(async (tx) => {
    await closeExpiredLogIns(tx, now);
    await removeExpiredSessions(tx, now);
    await removeOldLogIns(tx, now - LOG_INS_KEPT);
    await removeOldRevocations(tx, now - REVOCATIONS_KEPT);
    await removeOldTries(tx, now - FORGET_AFTER);
    await removeOldTickets(tx, now);
    await removeOldNotes(tx, now - NOTES_KEPT);
    await removeOldPlaces(tx, now - PLACES_KEPT);
    await removeOldInvites(tx, now);
    await removeOldOidcTickets(tx, now);
    await removeOldResets(tx, now - CODES_KEPT);
    await removeOldEnrolCodes(tx, now);
    await removeOldCodes(tx, now - CODES_KEPT);
    await removeOldNotices(tx, now - CODES_KEPT);
    await removeOldHours(tx, Math.floor((now - HOURS_KEPT) / HOUR));
    await removeOldAlerts(tx, now - ALERTS_KEPT);
    await removeOldDeliveries(tx, now - ALERTS_KEPT);
    await removeOldUses(tx, { uses: now - USES_KEPT, sums: now - SUMS_KEPT });
    await removeOldWraps(tx, now);
  });
  while (!server.stopping.aborted && (await server.db.write(async (tx) => await trimHistory(tx, now))))
    await yieldToOthers();
}
