import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { MailView } from '../../../common/shapes/mail.ts';
import { profileStore, usePreference } from '../profile/profile-store.ts';
import { setPreference } from '../profile/profile-sync.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tellProblem } from '../shell/notices.ts';
import { judgeOrigin } from './judge-origin.ts';

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

/** The pictures of one mail: shown when asked for, or when its sender is trusted with it and does not disown the mail. */
export function useRemoteImages(mail: MailView): RemoteImages {
  const senders = usePreference('imagesFrom');
  const [asked, setAsked] = useState(false);
  const sender = readSender(mail);
  const always = sender !== '' && senders.includes(sender);
  const genuine = judgeOrigin(mail.authentication)?.kind !== 'fails';
  const wanted = (mail.remote?.images ?? 0) > 0 && (asked || (always && genuine));
  const query = useQuery({
    queryKey: ['pictures', mail.id] as const,
    queryFn: async () => {
      const { pictures } = await storageServer().picture.sign.mutate({ mail: mail.id });
      return new Map(pictures.map(({ source, url }) => [source, url]));
    },
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
    show: () => setAsked(true),
    setAlways: (on) => {
      if (!on) setAsked(true);
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
