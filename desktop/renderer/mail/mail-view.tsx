import { lazy, Suspense, useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { composerKey } from '../composer/begin-mail.ts';
import { Skeleton } from '../parts/states.tsx';
import { usePreference } from '../profile/profile-store.ts';
import { ReaderEmpty } from '../reader/reader-empty.tsx';
import type { MailRoute } from '../shell/parse-route.ts';
import { useLayout } from '../shell/width.ts';
import { MailListPane } from './list/list-pane.tsx';
import { Navigation } from './navigation/navigation.tsx';
import { PaneEdge } from './pane-edge.tsx';

const Reader = lazy(async () => ({ default: (await import('../reader/reader.tsx')).Reader }));
const Composer = lazy(async () => ({ default: (await import('../composer/composer.tsx')).Composer }));

const PLACES = {
  waiting: lazy(async () => ({ default: (await import('../sending/waiting-pane.tsx')).WaitingPane })),
  snoozed: lazy(async () => ({ default: (await import('../snooze/snoozed-pane.tsx')).SnoozedPane })),
  reminders: lazy(async () => ({
    default: (await import('../reminder/reminders-pane.tsx')).RemindersPane,
  })),
};

const DEFAULT_WIDTHS: [number, number] = [232, 420];

/** Navigation, list and reading pane: side by side, or one after the other on small windows. */
export function MailView({
  route,
  drawer,
  onDrawer,
}: {
  route: MailRoute;
  drawer: boolean;
  onDrawer: (open: boolean) => void;
}) {
  const layout = useLayout();
  const widths = usePreference('paneWidths') ?? DEFAULT_WIDTHS;
  const panes = useRef<HTMLDivElement>(null);
  const reads = route.mail !== null || route.draft !== null;
  const closeDrawer = (): void => onDrawer(false);
  return (
    <div
      ref={panes}
      className={`panes panes-${layout}`}
      style={{ '--nav-width': `${widths[0]}px`, '--list-width': `${widths[1]}px` } as CSSProperties}
    >
      {layout === 'three' ? (
        <>
          <Navigation route={route} onPick={closeDrawer} />
          <PaneEdge panes={panes} which={0} widths={widths} />
        </>
      ) : null}
      {layout !== 'three' && drawer ? (
        <Drawer onClose={closeDrawer}>
          <Navigation route={route} onPick={closeDrawer} />
        </Drawer>
      ) : null}
      {layout === 'one' && reads ? null : <Place route={route} />}
      {layout === 'one' ? null : <PaneEdge panes={panes} which={1} widths={widths} />}
      {layout === 'one' && !reads ? null : <OpenPane route={route} />}
    </div>
  );
}

/** A list of mails, or a place with a list of its own kind. */
function Place({ route }: { route: MailRoute }) {
  const Own = route.box in PLACES ? PLACES[route.box as keyof typeof PLACES] : null;
  if (Own === null) {
    return <MailListPane key={`${route.box} ${route.account ?? ''} ${route.query ?? ''}`} route={route} />;
  }
  return (
    <Suspense fallback={<section className="list-pane" />}>
      <Own route={route} />
    </Suspense>
  );
}

function OpenPane({ route }: { route: MailRoute }) {
  if (route.draft !== null) {
    return (
      <Suspense fallback={<Skeleton rows={6} kind="text" />}>
        <Composer key={composerKey(route.draft)} draft={route.draft} />
      </Suspense>
    );
  }
  if (route.mail === null) return <ReaderEmpty />;
  return (
    <Suspense fallback={<section className="reader" />}>
      <Reader key={route.mail} id={route.mail} />
    </Suspense>
  );
}

/** The navigation over the list, where there is no room beside it. */
function Drawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className="drawer"
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
