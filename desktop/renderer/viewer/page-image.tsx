import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { ProblemBox, Skeleton } from '../parts/states.tsx';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { viewerTexts } from '../text/viewer.ts';
import { useText } from '../text/text.ts';
import { chooseWidth } from './zoom.ts';

/** Pixels: a page of letters across a wide window is a poster. */
const MOST_ACROSS = 960;

/** One page: its picture, and its words for whoever cannot see it or wants to copy them. */
export function PageImage({
  of,
  page,
  zoom,
  words,
  label,
}: {
  of: { mail: string; part: string };
  page: number;
  zoom: number;
  words: boolean;
  label: string;
}) {
  const t = useText(viewerTexts);
  const frame = useRef<HTMLDivElement>(null);
  const [across, setAcross] = useState(0);
  useLayoutEffect(() => setAcross(Math.min(frame.current?.clientWidth ?? 0, MOST_ACROSS)), []);
  const width = chooseWidth(across, zoom, devicePixelRatio);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['view', of.mail, of.part, page, width],
    queryFn: async () => await storageServer().view.page.query({ ...of, page, width }),
    placeholderData: keepPreviousData,
    // Pictures are large: a few pages stay for turning back.
    gcTime: 60_000,
    retry: false,
    enabled: across > 0,
  });
  const text = data?.text ?? '';
  return (
    <div ref={frame} className="viewer-frame" tabIndex={0} aria-label={label} aria-busy={isPlaceholderData}>
      {error === null ? null : <ProblemBox problem={toProblem(error)} />}
      {data === undefined && error === null ? <Skeleton rows={8} kind="text" /> : null}
      {data === undefined || words ? null : (
        <img
          className="viewer-image"
          src={`data:image/webp;base64,${data.image}`}
          alt={label}
          width={Math.round(Math.min(across, data.width / devicePixelRatio) * zoom)}
          data-page={data.page}
        />
      )}
      {data === undefined || data.text === null ? null : (
        <pre className={words ? 'viewer-text' : 'unseen'}>{text === '' ? t('no-words') : text}</pre>
      )}
    </div>
  );
}
