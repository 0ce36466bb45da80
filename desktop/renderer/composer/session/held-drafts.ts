import { forgetWithPerson } from '../../session/forget.ts';
import { sessionStore, userStore } from '../../session/session.ts';
import { readTokens } from '../../session/tokens.ts';
import { dismiss, tell } from '../../shell/notices.ts';
import { composerTexts } from '../../text/composer.ts';
import { say } from '../../text/text.ts';
import { returnToMail } from '../begin-mail.ts';
import type { Place } from '../editor/place.ts';
import { resumeUploads } from '../files/uploads.ts';
import type { DraftSession } from './draft-session.ts';

/** A draft in the memory of this window, also while no composer shows it. */
export interface HeldDraft {
  session: DraftSession;
  /** Where the person was when its composer went. */
  place: Place | null;
}

interface Held extends HeldDraft {
  /** Null until it is known who it is. */
  user: string | null;
  lab: boolean;
  shown: boolean;
  /** The notice that leads back to it; null: none was given since it was left. */
  notice: number | null;
}

/** How long a text waits in memory for its writer to sign in again, in milliseconds. */
const PATIENCE = 30 * 60_000;

const held = new Map<string, Held>();
// Before the next one's tokens are here: a save that is due would go with them.
forgetWithPerson(() => {
  for (const key of held.keys()) drop(key);
});

/** A composer shows it: under this key it is found again while there is something that the server does not have. */
export function holdDraft(key: string, session: DraftSession): void {
  const known = held.get(key);
  if (known?.session === session) {
    known.shown = true;
    endNotice(known);
  } else {
    held.set(key, {
      session,
      place: null,
      user: userStore.get()?.id ?? null,
      lab: (readTokens()?.session.lab ?? null) !== null,
      shown: true,
      notice: null,
    });
  }
}

export function findHeld(key: string): HeldDraft | null {
  return held.get(key) ?? null;
}

/** Where the person is as its form goes. */
export function keepPlace(session: DraftSession, place: Place | null): void {
  for (const one of held.values()) if (one.session === session) one.place = place;
}

/** Its composer is gone: it stays until the server has all of it, files too. */
export function leaveDraft(key: string): void {
  const one = held.get(key);
  if (one === undefined) return;
  one.shown = false;
  const { session } = one;
  const stops = [session.store, session.uploads].map((store) => store.subscribe(() => look()));
  const look = (): void => {
    if (!one.shown && session.unfinished) return offerReturn(key, one);
    for (const stop of stops) stop();
    if (!one.shown) drop(key);
  };
  look();
}

/** A new mail that the server did not take stands in no list: only this leads back to it. */
function offerReturn(key: string, one: Held): void {
  const { id, saving } = one.session.store.get();
  if (id !== null) return endNotice(one);
  if (saving !== 'failed' || one.notice !== null || sessionStore.get().phase === 'signed-out') return;
  one.notice = tell({
    kind: 'problem',
    text: say(composerTexts, 'left-unsaved'),
    action: { label: say(composerTexts, 'return'), run: () => returnToMail(key) },
    lasts: null,
  });
}

function endNotice(one: Held): void {
  if (one.notice !== null) dismiss(one.notice);
  one.notice = null;
}

/** It was sent or thrown away. */
export function dropDraft(session: DraftSession): void {
  for (const [key, one] of held) if (one.session === session) drop(key);
}

/** Goes on with what a lost connection or an ended session left undone. */
export function goOnWith({ session }: HeldDraft): void {
  if (session.unfinished) void session.save();
  resumeUploads(session);
}

function drop(key: string): void {
  const one = held.get(key);
  if (one === undefined) return;
  held.delete(key);
  endNotice(one);
  one.session.release();
}

function dropAll(which: (one: Held) => boolean): void {
  for (const [key, one] of held) if (which(one)) drop(key);
}

let giveUp: ReturnType<typeof setTimeout> | undefined;

/** Whose session ended goes on when he signs in again; nobody else sees it, and on a public computer nothing stays. */
sessionStore.subscribe(() => {
  const now = sessionStore.get();
  clearTimeout(giveUp);
  if (now.phase === 'signed-in') {
    const user = userStore.get()?.id;
    if (user !== undefined) dropAll((one) => one.user !== user);
    for (const [key, one] of held) if (!one.shown && one.session.unfinished) offerReturn(key, one);
  } else if (now.phase === 'signed-out') {
    const ended = now.because === 'ended' || now.because === 'ended-draft-safe';
    dropAll((one) => !ended || one.lab || one.user === null);
    // Notices went with the session.
    for (const one of held.values()) one.notice = null;
    if (held.size > 0) giveUp = setTimeout(() => dropAll(() => true), PATIENCE);
  }
});
userStore.subscribe(() => {
  const user = userStore.get()?.id;
  if (user === undefined || sessionStore.get().phase !== 'signed-in') return;
  for (const one of held.values()) one.user ??= user;
});

addEventListener('online', () => {
  for (const one of held.values()) goOnWith(one);
});

/** A page that goes takes the last words along if it can, and asks to stay if it cannot. */
addEventListener('beforeunload', (event) => {
  const left = [...held.values()].filter(({ session }) => session.unfinished && !session.saveLast());
  if (left.length > 0) event.preventDefault();
});
