import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, type ComponentProps } from 'react';
import { IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { useStore } from '../../parts/store.ts';
import { useCommands } from '../../shell/commands.ts';
import { hintKeys } from '../../shell/key-names.ts';
import { bulkTexts } from '../../text/bulk.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { mailboxesQuery, findRow } from '../cache/mail-cache.ts';
import { flagMails, moveMails } from '../mail-actions.ts';
import { selectionStore, tickAll } from '../selection/selection.ts';
import { SelectionBar, type ListScope } from '../selection/selection-bar.tsx';

const ForEver = lazy(async () => ({ default: (await import('./ask-for-ever.tsx')).AskForEver }));

/** Boxes out of which deleting is for ever. */
export const LAST_STOPS: ReadonlySet<string | null> = new Set(['trash', 'junk', 'drafts']);

/** The name of the open mailbox with its counts; with ticked mails, what can be done with them. */
export function ListHead({
  title,
  total,
  unread,
  box,
  scope,
  onlyUnread,
  onOnlyUnread,
}: {
  title: string;
  /** Null when it is not known. */
  total: number | null;
  unread: number;
  box: string;
  /** What the whole list is, for changing all of it. */
  scope: ListScope;
  onlyUnread: boolean;
  /** Null where there is no such choice. */
  onOnlyUnread: ((on: boolean) => void) | null;
}) {
  const t = useText(mailTexts);
  const bulk = useText(bulkTexts);
  const { ticked, everything } = useStore(selectionStore);
  useCommands({ 'select-all': () => tickAll(scope.ids) });
  if (ticked.size > 0 || everything !== null) {
    return <SelectionBar ids={[...ticked]} everything={everything} box={box} scope={scope} />;
  }
  return (
    <header className="list-head">
      <h1>{title}</h1>
      <p>
        {unread > 0 ? `${t('unread-count', { n: unread })} · ` : ''}
        {total === null ? '' : t('mail-count', { n: total })}
      </p>
      <span className="top-bar-space" />
      {scope.ids.length === 0 ? null : (
        <IconButton
          icon="select"
          label={bulk('select-all')}
          keys={hintKeys('select-all')}
          onClick={() => tickAll(scope.ids)}
        />
      )}
      {onOnlyUnread === null ? null : (
        <IconButton
          icon="unread"
          label={bulk('only-unread')}
          pressed={onlyUnread}
          data-testid="only-unread"
          onClick={() => onOnlyUnread(!onlyUnread)}
        />
      )}
    </header>
  );
}

/** Flags all, or takes the flag from all when all have it. */
export function toggleFlag(ids: readonly string[]): void {
  const all = ids.every((id) => findRow(id)?.flags.includes('flagged') === true);
  void flagMails(ids, all ? [] : ['flagged'], all ? ['flagged'] : []);
}

/** Where to move mails: every mailbox but Drafts and Sent, which are filled by sending only. */
export function MoveMenu({
  ids,
  onMove,
}: {
  ids: readonly string[];
  /** Instead of moving these mails. */
  onMove?: ((to: string) => void) | undefined;
}) {
  const t = useText(mailTexts);
  const { data } = useQuery(mailboxesQuery);
  const open = useRef<(() => void) | null>(null);
  useCommands({ move: () => open.current?.() });
  const targets = (data ?? []).filter(({ role }) => role !== 'drafts' && role !== 'sent');
  return (
    <Menu
      label={t('move')}
      className="icon-button"
      openRef={open}
      button={<Icon name="move" />}
      items={targets.map((mailbox) => ({
        key: mailbox.id,
        label: mailbox.role === null ? mailbox.path : t(`role-${mailbox.role}`),
        icon: mailbox.role ?? 'folder',
        run: () => (onMove === undefined ? void moveMails(ids, mailbox.id) : onMove(mailbox.id)),
      }))}
    />
  );
}

/** Loaded when it is asked. */
export function AskForEver(asked: ComponentProps<typeof ForEver>) {
  return (
    <Suspense fallback={null}>
      <ForEver {...asked} />
    </Suspense>
  );
}
