import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useRowWindow } from '../../mail/list/row-window.ts';
import { useStore } from '../../parts/store.ts';
import { languageStore } from '../../text/text.ts';

/** Pixels of a row; where there is little room two lines stand one above the other. */
const ROW = 46;
const ROW_NARROW = 74;
/** Pixels that the columns need side by side. */
const ROOM = 760;

export interface Column<Row> {
  key: string;
  label: string;
  /** Of the grid, such as `2fr` or `90px`. */
  width: string;
  /** Left out where there is little room. */
  minor?: boolean;
  cell: (row: Row) => ReactNode;
}

/** A table of any length of which only the rows in sight are in the page; `onEnd` asks for more when the end comes near. */
export function WindowTable<Row>({
  label,
  columns,
  rows,
  total,
  rowKey,
  onEnd,
  mark,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  total: number;
  rowKey: (row: Row) => string;
  onEnd?: (() => void) | undefined;
  /** data-state of a row. */
  mark?: (row: Row) => string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  useStore(languageStore);
  const narrow = useNarrow(scroller);
  const height = narrow ? ROW_NARROW : ROW;
  const shown = useRowWindow(scroller, { count: rows.length, height, from: 0 });
  useEffect(() => {
    if (shown.end >= rows.length - 20) onEnd?.();
  });
  const kept = narrow ? columns.filter(({ minor }) => minor !== true) : columns;
  const template = kept.map(({ width }) => (width.endsWith('fr') ? `minmax(0, ${width})` : width)).join(' ');
  const grid = narrow ? undefined : { gridTemplateColumns: template };
  return (
    <div
      className="window-table"
      data-narrow={narrow}
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <div role="table" aria-label={label} aria-rowcount={total + 1} data-loaded={rows.length}>
        <div role="rowgroup" className="window-head">
          <div role="row" className="window-row" style={grid} aria-rowindex={1}>
            {kept.map(({ key, label: head }) => (
              <span role="columnheader" key={key}>
                {head}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="window-body" style={{ height: rows.length * height }}>
          {rows.slice(shown.start, shown.end).map((row, at) => (
            <div
              role="row"
              className="window-row"
              key={rowKey(row)}
              data-row={rowKey(row)}
              data-state={mark?.(row)}
              aria-rowindex={shown.start + at + 2}
              style={{ ...grid, height, transform: `translateY(${(shown.start + at) * height}px)` }}
            >
              {kept.map(({ key, cell }) => (
                <div role="cell" key={key} data-column={key}>
                  {cell(row)}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** By the room that the table itself has: beside the sections it is much less than the window's. */
function useNarrow(place: RefObject<HTMLElement | null>): boolean {
  const [narrow, setNarrow] = useState(() => innerWidth < ROOM);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const look = (): void => setNarrow(element.clientWidth < ROOM);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return narrow;
}
