import { MailError, fromWireError } from '../../../../common/errors.ts';
import type { DraftContent, SavedDraft } from '../../../../common/shapes/draft.ts';
import { readClock } from '../../parts/clock.ts';
import { BODIES } from '../limits.ts';
import { storageServer, storageUrl } from '../../session/clients.ts';
import { lostStore } from '../../session/reach.ts';
import { readTokens } from '../../session/tokens.ts';

export interface Save {
  id: string | null;
  base: number | null;
  /** Finds the draft again where `id` is null and an answer was lost. */
  key: string;
  draft: DraftContent;
}

/** How a save travels. */
export type SendSave = (save: Save) => Promise<SavedDraft>;

export const sendSave: SendSave = async (save) => await storageServer().draft.save.mutate(save);

/** Bytes of a draft that a call of 1 MiB has room for. */
const CALL = 1_040_000;

/**
 * A draft as it can be saved: where its HTML stands beside it, a plain text that is too long is left to the server, which
 * makes the same of it. MailError `too-large` (`draft-body`).
 */
export function fitCall(draft: DraftContent): DraftContent {
  const fits = ({ text, html }: DraftContent): boolean =>
    text.length <= BODIES.text && (html ?? '').length <= BODIES.html;
  const choices = draft.html === null ? [draft] : [draft, { ...draft, text: '' }];
  const found = choices.find((one) => fits(one) && new Blob([JSON.stringify(one)]).size < CALL);
  if (found === undefined) throw new MailError('too-large', 'too long for a draft', { reason: 'draft-body' });
  return found;
}

/** Bytes that browsers still send for a page that goes (Fetch: 64 KiB for all of them together). */
const MOST = 60_000;
/** Milliseconds that the last save may need until its token is looked at. */
const ON_THE_WAY = 5000;

/** Whether a page that goes can save a draft: it is small enough, and nothing speaks against that it arrives. */
export function canSendLast(save: Save): boolean {
  const isReached = navigator.onLine && lostStore.get() !== storageUrl();
  return isReached && livesOn() && new Blob([JSON.stringify(save)]).size < MOST;
}

/** Sends at once, and goes on when the page is gone: with what is at hand, as nobody waits any more. */
export const sendLastSave: SendSave = async (save) => {
  // By the same address and in the same form as any save: the browser has asked for leave (CORS) for that already.
  const response = await fetch(`${storageUrl()}/trpc/draft.save?batch=1`, {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${readToken() ?? ''}` },
    body: JSON.stringify({ 0: save }),
  });
  const [answer] = (await response.json()) as {
    result?: { data: SavedDraft };
    error?: { data?: { valija?: unknown } };
  }[];
  if (answer?.result !== undefined) return answer.result.data;
  throw fromWireError(answer?.error?.data?.valija) ?? new MailError('unavailable', 'no answer to the save');
};

/** A token that ends on the way would be refused, and nobody is left to exchange it. */
function livesOn(): boolean {
  const ends = Date.parse(readTokens()?.tokensExpireAt ?? '');
  return (readToken() ?? '') !== '' && ends - readClock() > ON_THE_WAY;
}

function readToken(): string | null {
  return readTokens()?.tokens.storage ?? null;
}
