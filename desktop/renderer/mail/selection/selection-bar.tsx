import { useState } from 'react';
import type { Flag } from '../../../../common/shapes/mail.ts';
import type { MailFilter } from '../../../../common/shapes/selection.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu, type MenuItem } from '../../parts/menu.tsx';
import { useCommands } from '../../shell/commands.ts';
import { hintKeys } from '../../shell/key-names.ts';
import { bulkTexts } from '../../text/bulk.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { changeAll } from './change-all.ts';
import type { BulkAction } from './change-everything.ts';
import { LabelMenu } from './label-menu.tsx';
import { AskForEver, LAST_STOPS, MoveMenu, toggleFlag } from '../list/list-head.tsx';
import { deleteForEver, flagMails, moveMails } from '../mail-actions.ts';
import { findRow } from '../cache/mail-cache.ts';
import { askSnoozeStore } from '../../snooze/snoozes.ts';
import { nameOf } from '../people.ts';
import { readShownUpTo } from '../cache/shown-up-to.ts';
import { clearTicks, selectEverything, type Everything } from './selection.ts';

/** The list that is shown, as the server finds it. */
export interface ListScope {
  /** Rows that are loaded. */
  ids: readonly string[];
  where: MailFilter;
  /** Mails in all; null when it is not known. */
  total: number | null;
  /** Name of the mailbox; null for what a search found. */
  name: string | null;
}

/** What can be done with the ticked mails, or with everything that a filter describes. */
export function SelectionBar({
  ids,
  everything,
  box,
  scope,
}: {
  ids: string[];
  everything: Everything | null;
  box: string;
  scope: ListScope;
}) {
  const t = useText(mailTexts);
  const [asking, setAsking] = useState(false);
  const forEver = LAST_STOPS.has(box);
  const count = everything?.total ?? ids.length;
  const act = (action: BulkAction, some: () => void): void => {
    if (everything === null) some();
    else void changeAll(everything, action);
  };
  const move = (to: string, done: 'archived' | 'junked' | 'deleted' | 'moved' = 'moved'): void =>
    act({ kind: 'move', to }, () => void moveMails(ids, to, done));
  const mark = (add: Flag[], remove: Flag[]): void =>
    act({ kind: 'flag', add, remove }, () => void flagMails(ids, add, remove));
  const flag = (): void => act({ kind: 'flag', add: ['flagged'], remove: [] }, () => toggleFlag(ids));
  const remove = (): void => (forEver ? setAsking(true) : move('trash', 'deleted'));
  const askSnooze = (): void => askSnoozeStore.set({ ids, leave: () => undefined });
  useCommands({
    archive: () => move('archive', 'archived'),
    delete: remove,
    junk: () => move('junk', 'junked'),
    flag,
    'mark-read': () => mark(['seen'], []),
    'mark-unread': () => mark([], ['seen']),
    ...(everything === null ? { snooze: askSnooze } : {}),
    back: clearTicks,
  });
  return (
    <>
      <header className="list-head selection-bar" role="toolbar" aria-label={t('selection')}>
        <IconButton icon="close" label={t('clear-selection')} keys={hintKeys('back')} onClick={clearTicks} />
        <p aria-live="polite">
          <span className="selection-words">{t('selected', { n: count })}</span>
          <span className="selection-number" aria-hidden="true">
            {count}
          </span>
        </p>
        <span className="top-bar-space" />
        {box === 'drafts' ? null : (
          <>
            <IconButton
              icon="archive"
              label={t('archive')}
              keys={hintKeys('archive')}
              onClick={() => move('archive', 'archived')}
            />
            <IconButton
              icon="read"
              label={t('mark-read')}
              keys={hintKeys('mark-read')}
              onClick={() => mark(['seen'], [])}
            />
            <IconButton icon="flag" label={t('flag')} keys={hintKeys('flag')} onClick={flag} />
            <MoveMenu ids={ids} onMove={everything === null ? undefined : (to) => move(to)} />
            <LabelMenu ids={ids} everything={everything} />
          </>
        )}
        <IconButton
          icon="trash"
          label={forEver ? t('delete-for-ever') : t('delete')}
          keys={hintKeys('delete')}
          onClick={remove}
        />
        {everything === null ? (
          <MoreMenu ids={ids} scope={scope} onSnooze={forEver ? null : askSnooze} />
        ) : null}
        {asking ? (
          <AskForEver
            count={count}
            onNo={() => setAsking(false)}
            onYes={() => {
              setAsking(false);
              act({ kind: 'remove' }, () => void deleteForEver(ids));
            }}
          />
        ) : null}
      </header>
      {everything === null ? <OfferEverything count={ids.length} scope={scope} /> : null}
    </>
  );
}

/** With all loaded rows ticked: the way to all of the list. */
function OfferEverything({ count, scope }: { count: number; scope: ListScope }) {
  const t = useText(bulkTexts);
  const { ids, total, name, where } = scope;
  if (count < ids.length || total === null || total <= count) return null;
  return (
    <p className="selection-more">
      <Button
        look="quiet"
        data-testid="select-everything"
        onClick={() => selectEverything({ where, total, upTo: readShownUpTo() })}
      >
        {name === null ? t('all-found', { n: total }) : t('all-in', { n: total, box: name })}
      </Button>
    </p>
  );
}

/** Putting off; and with ticked mails of one sender the way to everything from there, wherever it is. */
function MoreMenu({
  ids,
  scope,
  onSnooze,
}: {
  ids: readonly string[];
  scope: ListScope;
  onSnooze: (() => void) | null;
}) {
  const t = useText(bulkTexts);
  const senders = new Map(
    ids.flatMap((id) => (findRow(id)?.from ?? []).slice(0, 1)).map((one) => [one.address.toLowerCase(), one]),
  );
  const [sender] = senders.values();
  const select = async (from: string): Promise<void> => {
    const { countMails } = await import('./count-mails.ts');
    const where: MailFilter = { ...scope.where, from };
    const total = await countMails(where);
    if (total !== null) selectEverything({ where, total, upTo: readShownUpTo() });
  };
  const items: MenuItem[] = [];
  if (onSnooze !== null) {
    items.push({
      key: 'snooze',
      label: t('snooze'),
      icon: 'snooze',
      hint: hintKeys('snooze'),
      run: onSnooze,
    });
  }
  if (sender !== undefined && senders.size === 1 && sender.address !== '') {
    const { address } = sender;
    const label = t('all-from', { sender: nameOf(sender) });
    items.push({ key: 'sender', label, icon: 'person', run: () => void select(address) });
  }
  if (items.length === 0) return null;
  return <Menu label={t('more')} className="icon-button" button={<Icon name="more" />} items={items} />;
}
