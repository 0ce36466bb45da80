import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { mailboxesQuery } from '../mail/cache/mail-cache.ts';
import { Button } from '../parts/button.tsx';
import { Segments, SelectField } from '../parts/choice-fields.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { useStore } from '../parts/store.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { tell } from '../shell/notices.ts';
import { formatSize } from '../text/format-more.ts';
import { transferTexts } from '../text/transfer.ts';
import { languageStore, say, useText } from '../text/text.ts';
import { exportMail, importMail, type ImportedMail, type MailFormat } from './mail-transfer.ts';
import { findArchivedProfile, sendProfile } from './profile-transfer.ts';

/** Of many files that cannot be imported. */
const MOST_SHOWN = 10;

interface Running {
  name: string;
  done: number;
  /** Null where nobody knows before. */
  total: number | null;
  stop: AbortController;
}

/** What went wrong with a file that was to come in; null for one that was to go out. */
interface Failure {
  file: string | null;
  problem: Problem;
}

/** Mail out as a file, and files with mail in, with their progress. */
export function MailFiles() {
  const t = useText(transferTexts);
  const language = useStore(languageStore);
  const { data: mailboxes = [] } = useQuery(mailboxesQuery);
  const input = useRef<HTMLInputElement>(null);
  const [format, setFormat] = useState<MailFormat>('archive');
  const [mailbox, setMailbox] = useState('');
  const [target, setTarget] = useState('');
  const [running, setRunning] = useState<Running | null>(null);
  const [done, setDone] = useState<ImportedMail | null>(null);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  /** False where the person stopped it. */
  const run = async (
    name: string,
    file: File | null,
    work: (onBytes: (bytes: number) => void, signal: AbortSignal) => Promise<void>,
  ): Promise<boolean> => {
    const stop = new AbortController();
    const total = file?.size ?? null;
    current.current = stop;
    setRunning({ name, done: 0, total, stop });
    try {
      await work((bytes) => setRunning({ name, done: bytes, total, stop }), stop.signal);
    } catch (error) {
      const failure = { file: file?.name ?? null, problem: toProblem(error) };
      if (!stop.signal.aborted) setFailures((before) => [...before, failure]);
    }
    setRunning(null);
    return !stop.signal.aborted;
  };
  const exportIt = async (): Promise<void> => {
    setFailures([]);
    await run(t('exporting'), null, async (onBytes, signal) => {
      if (!(await exportMail({ format, mailbox: mailbox || null }, onBytes, signal))) return;
      tell({ kind: 'done', text: say(transferTexts, 'mail-exported'), action: null, lasts: 6000 });
    });
  };
  const importFiles = async (files: readonly File[]): Promise<void> => {
    const sum: ImportedMail = { mails: 0, there: 0, skippedCount: 0 };
    setDone(null);
    setFailures([]);
    for (const file of files) {
      const goesOn = await run(t('importing', { file: file.name }), file, async (onBytes, signal) => {
        // An archive brings the mailboxes and accounts that its mails name.
        const profile = await findArchivedProfile(file);
        if (profile !== null) await sendProfile({ profile });
        const one = await importMail(file, target || null, onBytes, signal);
        sum.mails += one.mails;
        sum.there += one.there;
        sum.skippedCount += one.skippedCount;
        setDone({ ...sum });
      });
      if (!goesOn) return;
    }
  };
  const boxes = mailboxes.map(({ id, path }) => ({ value: id, label: path }));
  return (
    <section className="group" aria-label={t('mail')}>
      <h2>{t('mail')}</h2>
      <Segments
        label={t('format')}
        value={format}
        choices={[
          { value: 'archive', label: t('format-archive') },
          { value: 'eml', label: t('format-eml') },
          { value: 'mbox', label: t('format-mbox') },
        ]}
        onPick={(value) => setFormat(value as MailFormat)}
      />
      <p className="card-note">{t(`about-${format}`)}</p>
      <SelectField
        label={t('what')}
        value={mailbox}
        choices={[{ value: '', label: t('all-mail') }, ...boxes]}
        onPick={setMailbox}
      />
      <div className="card-actions">
        <Button
          icon="download"
          disabled={running !== null}
          data-testid="mail-export"
          onClick={() => void exportIt()}
        >
          {t('export-mail')}
        </Button>
      </div>
      <SelectField
        label={t('into')}
        value={target}
        choices={[{ value: '', label: t('as-in-file') }, ...boxes]}
        hint={t('into-hint')}
        onPick={setTarget}
      />
      <div className="card-actions">
        <Button icon="file" disabled={running !== null} onClick={() => input.current?.click()}>
          {t('import-mail')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".mbox,.eml,.tar,message/rfc822,application/mbox,application/x-tar"
          data-testid="mail-file"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = '';
            void importFiles(files);
          }}
        />
      </div>
      {running === null ? null : (
        <div className="transfer-progress" data-testid="transfer-progress">
          <p>
            {running.name} · {formatSize(running.done, language)}
          </p>
          <progress
            aria-label={running.name}
            max={running.total ?? 1}
            {...(running.total === null ? {} : { value: running.done })}
          />
          <Button onClick={() => running.stop.abort()}>{t('stop')}</Button>
        </div>
      )}
      {done === null ? null : (
        <p className="note" role="status" data-testid="mail-imported">
          {t('mail-imported', { n: done.mails })}
          {done.there > 0 ? ` ${t('mail-there', { n: done.there })}` : ''}
          {done.skippedCount > 0 ? ` ${t('mail-skipped', { n: done.skippedCount })}` : ''}
        </p>
      )}
      {failures.slice(0, MOST_SHOWN).map(({ file, problem }, at) => (
        <div key={at}>
          {file === null ? null : <p className="note">{file}</p>}
          <ProblemBox problem={problem} />
        </div>
      ))}
    </section>
  );
}
