import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { MailRow } from '../../../../common/shapes/mail.ts';
import type { Preferences } from '../../../../common/shapes/profile.ts';
import type { ListedRow } from '../../snooze/place-back.ts';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { useCommands } from '../../shell/commands.ts';
import type { MailRoute } from '../../shell/parse-route.ts';
import { changeMailRoute } from '../../shell/route.ts';
import { useLayout } from '../../shell/width.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { startDrag } from '../drag/drag-mails.ts';
import type { FoundWords } from './found-words.ts';
import { clearTicks, selectionStore, setCursor, tickRange, toggleTick } from '../selection/selection.ts';
import { prefetchMail } from './prefetch.ts';
import { Row } from './row.tsx';
import { RowCommands } from './row-commands.tsx';
import { useRowWindow } from './row-window.ts';
import { keepScroll, readScroll } from './scroll-place.ts';

/** Pixels of a row by density. In a narrow list the first two show subject and sender one above the other. */
const ROW_HEIGHT: Record<Preferences['density'], number> = { comfortable: 64, normal: 44, compact: 32 };

/** Opens a mail, or a draft in the composer. */
function openRow(row: MailRow): void {
  if (row.role === 'drafts') changeMailRoute({ mail: null, draft: row.id });
  else changeMailRoute({ mail: row.id, draft: null });
}

/** The rows as an accessible grid with one tab stop; only what is in sight is in the page. */
export function MailList({
  rows,
  found,
  title,
  total,
  route,
  more,
  onMore,
}: {
  rows: readonly ListedRow[];
  /** Of a search: why each was found. */
  found: ReadonlyMap<string, FoundWords>;
  title: string;
  total: number;
  route: MailRoute;
  more: boolean;
  onMore: () => void;
}) {
  const t = useText(mailTexts);
  const scroller = useRef<HTMLDivElement>(null);
  const density = usePreference('density');
  const narrow = useNarrow(scroller);
  const { cursor, ticked } = useStore(selectionStore);
  const layout = useLayout();
  const height = ROW_HEIGHT[density];
  const place = `${route.box} ${route.account ?? ''} ${route.query ?? ''}`;
  const shown = useRowWindow(scroller, { count: rows.length, height, from: readScroll(place) });
  useEffect(() => {
    if (more && shown.end >= rows.length - 15) onMore();
  });
  const ids = rows.map((row) => row.id);
  const open = route.mail ?? route.draft;
  const focusId =
    cursor !== null && ids.includes(cursor) ? cursor : open !== null && ids.includes(open) ? open : ids[0];
  useEffect(() => prefetchMail(cursor), [cursor]);
  // After the sign-in, and back from a mail where there is one pane, the focus is nowhere: it goes where reading begins.
  useEffect(() => {
    if (document.activeElement !== document.body) return;
    scroller.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus({ preventScroll: true });
  }, []);

  const moveTo = (index: number, how: 'move' | 'open' | 'range'): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    if (how === 'range') tickRange(ids, row.id);
    else setCursor(row.id);
    shown.reveal(ids.indexOf(row.id));
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-id="${row.id}"]`)?.focus(),
    );
    if (how === 'open') openRow(row);
  };
  const at = focusId === undefined ? 0 : ids.indexOf(focusId);
  // With the reading pane beside the list, walking reads; alone, it only moves.
  const walk = open !== null && layout !== 'one' ? 'open' : 'move';
  const start = cursor === null && open === null ? -1 : at;
  useCommands({
    next: () => moveTo(start + 1, walk),
    previous: () => moveTo(Math.max(0, at - 1), walk),
    open: () => moveTo(at, 'open'),
    'extend-next': () => moveTo(at + 1, 'range'),
    'extend-previous': () => moveTo(at - 1, 'range'),
    select: () => {
      if (focusId !== undefined) toggleTick(focusId);
    },
  });
  // The focus goes on to the neighbour of a row that leaves, not to nowhere.
  const leaveRow = (id: string): void => {
    const from = ids.indexOf(id);
    moveTo(from + 1 < ids.length ? from + 1 : from - 1, 'move');
  };
  const onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (target.closest('[role=row]') === null) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 1);
    const how = event.shiftKey ? 'range' : 'move';
    const to: Record<string, () => void> = {
      ArrowDown: () => moveTo(at + 1, how),
      ArrowUp: () => moveTo(at - 1, how),
      PageDown: () => moveTo(at + page, how),
      PageUp: () => moveTo(at - page, how),
      Home: () => moveTo(0, how),
      End: () => moveTo(rows.length - 1, how),
      Enter: () => moveTo(at, 'open'),
      ' ': () => toggleTick(focusId ?? ''),
    };
    const act = to[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const onPick = (row: MailRow, event: MouseEvent): void => {
    if (event.shiftKey) return tickRange(ids, row.id);
    if (event.ctrlKey || event.metaKey) return toggleTick(row.id);
    clearTicks();
    setCursor(row.id);
    openRow(row);
  };
  return (
    <div
      ref={scroller}
      className="list-scroller"
      data-narrow={narrow && density !== 'compact'}
      data-slim={narrow && density === 'compact'}
      onScroll={(event) => keepScroll(place, event.currentTarget.scrollTop)}
    >
      <div
        role="grid"
        aria-label={title}
        aria-rowcount={total}
        aria-multiselectable="true"
        aria-describedby="list-keys"
        className="list-rows"
        style={{ height: rows.length * height }}
        data-testid="message-list"
        data-loaded={rows.length}
        onKeyDown={onKey}
        onDragStart={startDrag}
        onFocus={({ target }) => setCursor(target.closest<HTMLElement>('[role=row]')?.dataset['id'] ?? null)}
      >
        {rows.slice(shown.start, shown.end).map((row, at) => (
          <Row
            key={row.id}
            row={row}
            found={found.get(row.id)}
            index={shown.start + at}
            top={(shown.start + at) * height}
            height={height}
            open={row.id === open}
            ticked={ticked.has(row.id)}
            focusable={row.id === focusId}
            box={route.box}
            onPick={onPick}
          />
        ))}
      </div>
      <RowCommands open={open} onLeave={leaveRow} />
      <span id="list-keys" className="unseen">
        {t('list-keys')}
      </span>
    </div>
  );
}

/** Below this width sender and subject stand one under the other. */
const NARROW = 560;

function useNarrow(ref: { current: HTMLElement | null }): boolean {
  const [narrow, setNarrow] = useState(true);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setNarrow((entry?.contentRect.width ?? 0) < NARROW));
    watch.observe(element);
    return () => watch.disconnect();
  }, [ref]);
  return narrow;
}
