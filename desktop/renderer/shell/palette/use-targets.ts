import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { mailboxesQuery } from '../../mail/cache/mail-cache.ts';
import { useStore } from '../../parts/store.ts';
import { useProfile } from '../../profile/profile-store.ts';
import { storageServer } from '../../session/clients.ts';
import { sessionStore } from '../../session/session.ts';
import { languageStore } from '../../text/text.ts';
import { COMMANDS, findHandler, type Command } from '../commands.ts';
import { listTargets, type Target } from './list-targets.ts';

/** What the palette leads to, as it was when it opened; recent searches follow when the server has told them. */
export function useTargets(): {
  targets: Target[];
  find: (command: Command) => (() => void) | undefined;
} {
  const language = useStore(languageStore);
  const session = useStore(sessionStore);
  const { accounts, labels } = useProfile();
  const enabled = session.phase === 'signed-in' && session.home !== null;
  const mailboxes = useQuery({ ...mailboxesQuery, enabled }).data;
  const recent = useQuery({
    queryKey: ['recent-searches'],
    queryFn: async ({ signal }) => await storageServer().search.suggest.query({ text: '' }, { signal }),
    staleTime: 0,
    retry: false,
    enabled,
  }).data?.suggestions;
  // What a command means depends on where the focus was before the palette took it.
  const [handlers] = useState(
    () =>
      new Map(
        (Object.keys(COMMANDS) as Command[]).flatMap((command) => {
          const handler = findHandler(command);
          return handler === undefined ? [] : [[command, handler] as const];
        }),
      ),
  );
  const targets = useMemo(
    () =>
      listTargets({
        language,
        usable: [...handlers.keys()],
        mailboxes: mailboxes ?? [],
        accounts,
        labels,
        recent: (recent ?? []).flatMap(({ kind, completion }) => (kind === 'recent' ? [completion] : [])),
      }),
    [language, handlers, mailboxes, accounts, labels, recent],
  );
  return { targets, find: (command) => handlers.get(command) };
}
