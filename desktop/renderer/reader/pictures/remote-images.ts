import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { MailView } from '../../../../common/shapes/mail.ts';
import { useStore } from '../../parts/store.ts';
import { profileStore, usePreference } from '../../profile/profile-store.ts';
import { setPreference } from '../../profile/profile-sync.ts';
import { storageServer } from '../../session/clients.ts';
import { makeSessionStore } from '../../session/forget.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { judgeOrigin } from '../head/judge-origin.ts';

/** Whether a mail's pictures from elsewhere are shown, and where: addresses of the server by those in the mail. */
export interface RemoteImages {
  wanted: boolean;
  /** Null until they are known, and where they are not wanted. */
  pictures: ReadonlyMap<string, string> | null;
  failed: boolean;
  /** The sender's address when they are shown for it. */
  always: boolean;
  show(): void;
  setAlways(on: boolean): void;
}

/** Mails whose pictures the person asked for, while they are open. */
const askedStore = makeSessionStore<ReadonlySet<string>>(new Set());

/** Shown when asked for, or when the sender is trusted with it and does not disown the mail. */
function wantsPictures(mail: MailView, asked: ReadonlySet<string>, trusted: readonly string[]): boolean {
  if ((mail.remote?.images ?? 0) === 0) return false;
  if (asked.has(mail.id)) return true;
  return trusted.includes(readSender(mail)) && judgeOrigin(mail.authentication)?.kind !== 'fails';
}

/** Addresses of the server, for ten minutes, by those in the mail. */
async function signPictures(mail: string): Promise<ReadonlyMap<string, string>> {
  const { pictures } = await storageServer().picture.sign.mutate({ mail });
  return new Map(pictures.map(({ source, url }) => [source, url]));
}

/** For showing a mail once more, such as on paper: none but those that its reader sees too. */
export async function readPictures(mail: MailView): Promise<ReadonlyMap<string, string> | undefined> {
  const wanted = wantsPictures(mail, askedStore.get(), profileStore.get().preferences.imagesFrom);
  return wanted ? await signPictures(mail.id) : undefined;
}

/** The pictures of one mail. */
export function useRemoteImages(mail: MailView): RemoteImages {
  const senders = usePreference('imagesFrom');
  const asked = useStore(askedStore);
  const sender = readSender(mail);
  const always = sender !== '' && senders.includes(sender);
  const wanted = wantsPictures(mail, asked, senders);
  const show = (): void => askedStore.change((known) => new Set(known).add(mail.id));
  // Opened again, it asks again.
  useEffect(
    () => () => askedStore.change((known) => new Set([...known].filter((id) => id !== mail.id))),
    [mail.id],
  );
  const query = useQuery({
    queryKey: ['pictures', mail.id] as const,
    queryFn: async () => await signPictures(mail.id),
    enabled: wanted,
    // Signed addresses end after ten minutes.
    staleTime: 0,
    gcTime: 0,
  });
  return {
    wanted,
    pictures: wanted ? (query.data ?? null) : null,
    failed: query.isError,
    always,
    show,
    setAlways: (on) => {
      if (!on) show();
      const others = profileStore.get().preferences.imagesFrom.filter((one) => one !== sender);
      setPreference('imagesFrom', on ? [...others.slice(-4999), sender] : others).catch((error: unknown) =>
        tellProblem(toProblem(error)),
      );
    },
  };
}

export function readSender(mail: Pick<MailView, 'from'>): string {
  return mail.from.length === 1 ? (mail.from[0]?.address.toLowerCase() ?? '') : '';
}
