import { useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { setPreference } from '../profile/profile-sync.ts';
import { toProblem } from '../session/problem.ts';
import { tellProblem } from '../shell/notices.ts';
import { mailTexts } from '../text/mail.ts';
import { useText } from '../text/text.ts';

/** Smallest and largest widths, as the profile takes them. */
const LIMITS = [
  { min: 160, max: 480, name: '--nav-width' },
  { min: 260, max: 900, name: '--list-width' },
] as const;

/** The edge between two panes: moved by pointer, arrows, Home and End; the width is kept in the profile. */
export function PaneEdge({
  panes,
  which,
  widths,
}: {
  panes: RefObject<HTMLDivElement | null>;
  which: 0 | 1;
  widths: readonly [number, number];
}) {
  const t = useText(mailTexts);
  const limit = LIMITS[which];
  const begun = useRef<{ x: number; width: number } | null>(null);
  const now = useRef(widths[which]);
  const keep = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = (width: number): void => {
    now.current = Math.round(Math.min(limit.max, Math.max(limit.min, width)));
    panes.current?.style.setProperty(limit.name, `${now.current}px`);
    clearTimeout(keep.current);
    keep.current = setTimeout(save, 600);
  };
  const save = (): void => {
    const next: [number, number] = [widths[0], widths[1]];
    next[which] = now.current;
    if (next[which] === widths[which]) return;
    setPreference('paneWidths', next).catch((error: unknown) => tellProblem(toProblem(error)));
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 64 : 16;
    const to = {
      ArrowLeft: now.current - step,
      ArrowRight: now.current + step,
      Home: limit.min,
      End: limit.max,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  };
  return (
    <div
      className="pane-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={t(which === 0 ? 'edge-navigation' : 'edge-list')}
      aria-valuenow={widths[which]}
      aria-valuemin={limit.min}
      aria-valuemax={limit.max}
      tabIndex={0}
      onKeyDown={onKey}
      onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        now.current = widths[which];
        begun.current = { x: event.clientX, width: widths[which] };
      }}
      onPointerMove={(event) => {
        if (begun.current !== null) show(begun.current.width + event.clientX - begun.current.x);
      }}
      onPointerUp={() => (begun.current = null)}
    />
  );
}
