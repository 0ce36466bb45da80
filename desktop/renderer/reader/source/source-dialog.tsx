import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { ProblemBox, Skeleton } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { formatSize } from '../../text/format-more.ts';
import { messageTexts } from '../../text/message.ts';
import { shellTexts } from '../../text/shell.ts';
import { languageStore, useText } from '../../text/text.ts';
import { downloadPath } from '../files/download-path.ts';
import { readSource } from './read-source.ts';

/** The mail as it came, byte by byte, for who wants to see what stands in it. */
export function SourceDialog({ mail, onClose }: { mail: string; onClose: () => void }) {
  const t = useText(messageTexts);
  const shell = useText(shellTexts);
  const language = useStore(languageStore);
  const [copied, setCopied] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['source', mail] as const,
    queryFn: async ({ signal }) => await readSource(mail, signal),
    retry: false,
    gcTime: 60_000,
  });
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(data?.text ?? '');
    setCopied(true);
  };
  const save = (): void => void downloadPath(`/mail/${mail}/raw`).catch(tellFailure);
  return (
    <Dialog title={t('source-title')} closeLabel={shell('close')} onClose={onClose} wide>
      <div className="viewer" data-testid="source">
        {error === null ? null : <ProblemBox problem={toProblem(error)} />}
        {data === undefined && error === null ? <Skeleton rows={8} kind="text" /> : null}
        {data === undefined || data.shown === data.all ? null : (
          <p className="note">
            {t('source-cut', {
              shown: formatSize(data.shown, language),
              all: formatSize(data.all, language),
            })}
          </p>
        )}
        {data === undefined ? null : (
          <pre className="viewer-text" tabIndex={0} aria-label={t('source-title')} data-first="">
            {data.text}
          </pre>
        )}
      </div>
      <footer className="dialog-foot">
        <Button icon="copy" disabled={data === undefined} aria-live="polite" onClick={() => void copy()}>
          {t(copied ? 'copied' : 'copy')}
        </Button>
        <Button icon="download" onClick={save}>
          {t('save')}
        </Button>
      </footer>
    </Dialog>
  );
}

function tellFailure(error: unknown): void {
  tellProblem(toProblem(error));
}
