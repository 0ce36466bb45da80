import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { namePart } from '../../../common/compose/name-part.ts';
import type { AttachmentView } from '../../../common/shapes/attachment-view.ts';
import type { MailPart } from '../../../common/shapes/mail.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { ProblemBox, Skeleton } from '../parts/states.tsx';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { viewerTexts } from '../text/viewer.ts';
import { useText } from '../text/text.ts';
import { PageImage } from './page-image.tsx';
import { readViewerKey, stepZoom } from './zoom.ts';

/** A file of a mail as the server shows it: pictures of its pages, or its text. `onSave` takes the file itself, where that is allowed. */
export function Viewer({
  mail,
  part,
  onSave,
  onClose,
}: {
  mail: string;
  part: MailPart;
  onSave: () => void;
  onClose: () => void;
}) {
  const t = useText(viewerTexts);
  const of = { mail, part: part.id };
  const { data, error } = useQuery({
    queryKey: ['view', mail, part.id],
    queryFn: async () => await storageServer().view.open.query(of),
    retry: false,
  });
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(1);
  const [words, setWords] = useState(false);
  const pages = data?.pages ?? 0;
  const turn = (by: number): void => setPage((now) => Math.max(1, Math.min(pages || 1, now + by)));
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || data === undefined || pages === 0) return;
    const act = readViewerKey(event.key);
    if (act === null) return;
    event.preventDefault();
    if ('page' in act) turn(act.page);
    else setZoom((now) => (act.zoom === 0 ? 1 : stepZoom(now, act.zoom)));
  };
  return (
    <Dialog title={namePart(part)} closeLabel={t('close')} onClose={onClose} wide>
      <div className="viewer" data-testid="viewer" data-first="" tabIndex={-1} onKeyDown={onKey}>
        <div className="viewer-bar" role="toolbar" aria-label={t('tools')}>
          {pages > 1 ? (
            <>
              <IconButton
                icon="left"
                label={t('previous')}
                keys="PgUp"
                disabled={page === 1}
                onClick={() => turn(-1)}
              />
              <span className="viewer-page" role="status">
                {t('page-of', { page, pages })}
              </span>
              <IconButton
                icon="right"
                label={t('next')}
                keys="PgDn"
                disabled={page === pages}
                onClick={() => turn(1)}
              />
            </>
          ) : null}
          {pages > 0 ? (
            <>
              <Button look="quiet" aria-label={t('smaller')} onClick={() => setZoom(stepZoom(zoom, -1))}>
                −
              </Button>
              <Button
                look="quiet"
                aria-label={t('zoom', { n: Math.round(zoom * 100) })}
                onClick={() => setZoom(1)}
              >
                {`${Math.round(zoom * 100)} %`}
              </Button>
              <Button look="quiet" aria-label={t('larger')} onClick={() => setZoom(stepZoom(zoom, 1))}>
                +
              </Button>
            </>
          ) : null}
          {data?.kind === 'pages' ? (
            <Button look="quiet" aria-pressed={words} onClick={() => setWords(!words)}>
              {t('words')}
            </Button>
          ) : null}
          <span className="top-bar-space" />
          {data?.maySave === true ? (
            <Button icon="download" onClick={onSave}>
              {t('save')}
            </Button>
          ) : null}
        </div>
        {error === null ? null : <ProblemBox problem={toProblem(error)} />}
        {data === undefined && error === null ? <Skeleton rows={8} kind="text" /> : null}
        {data === undefined ? null : (
          <Shown view={data} of={of} name={namePart(part)} page={page} zoom={zoom} words={words} />
        )}
      </div>
    </Dialog>
  );
}

function Shown({
  view,
  of,
  name,
  page,
  zoom,
  words,
}: {
  view: AttachmentView;
  of: { mail: string; part: string };
  name: string;
  page: number;
  zoom: number;
  words: boolean;
}) {
  const t = useText(viewerTexts);
  if (view.kind === 'none') {
    return <p className="note">{t(view.maySave ? 'no-view' : 'no-view-no-save')}</p>;
  }
  if (view.kind !== 'text') {
    const label = view.pages > 1 ? t('page-of', { page, pages: view.pages }) : name;
    return <PageImage of={of} page={page} zoom={zoom} words={words} label={label} />;
  }
  return (
    <>
      {view.cut ? <p className="note">{t('cut')}</p> : null}
      <pre className="viewer-text" tabIndex={0} aria-label={name}>
        {view.text}
      </pre>
    </>
  );
}
