import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { ProblemBox } from '../../parts/states.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { NOTHING, toProblem, type Problem } from '../../session/problem.ts';
import { serverStore } from '../../session/session.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { downloadText } from '../download.ts';
import { ImportOutlook } from './import-outlook.tsx';
import { writeCodes } from './write-codes.ts';
import { importFile, type ImportResult } from './import-file.ts';

/** Users from a CSV file: what it would change is shown first; the codes are to be saved once it has run. */
export function ImportUsers({ onClose }: { onClose: () => void }) {
  const t = useText(adminUserTexts);
  const shell = useText(shellTexts);
  const { url } = useStore(serverStore);
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [warned, setWarned] = useState(false);
  const run = async (csv: string, dryRun: boolean): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const done = await importFile(csv, dryRun);
      setResult(done);
      if (done.done) await queries.invalidateQueries({ queryKey: ['admin'] });
    } catch (error) {
      setProblem(toProblem(error));
    }
    setBusy(false);
  };
  const take = async (picked: File | undefined): Promise<void> => {
    if (picked === undefined) return;
    setFile({ name: picked.name, csv: '' });
    setResult(null);
    try {
      // Names in another encoding would be wrong for good.
      const csv = new TextDecoder('utf-8', { fatal: true }).decode(await picked.arrayBuffer());
      setFile({ name: picked.name, csv });
      await run(csv, true);
    } catch {
      setProblem({ ...NOTHING, code: 'invalid', reason: 'csv-encoding' });
    }
  };
  const codes = result?.done === true ? result.codes : [];
  // They are shown this once, and a thousand people wait for theirs.
  const leave = (): void => {
    if (codes.length === 0 || saved || warned) onClose();
    else setWarned(true);
  };
  const mayRun =
    result !== null &&
    !result.done &&
    result.problems.length === 0 &&
    result.added.length + result.changed.length > 0;
  return (
    <Dialog title={t('import')} closeLabel={shell('close')} onClose={leave} wide>
      <div className="dialog-body">
        <p>{t('import-lead')}</p>
        <code className="csv-head">name;display_name;group;email;language;initial_password</code>
        {result?.done === true ? null : (
          <label
            className="drop"
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              void take(event.dataTransfer.files[0]);
            }}
          >
            <Icon name="file" size={22} />
            <span>{file === null ? t('drop') : t('drop-other', { file: file.name })}</span>
            <input
              type="file"
              accept=".csv,text/csv"
              className="unseen"
              data-testid="import-file"
              onChange={(event) => void take(event.target.files?.[0])}
            />
          </label>
        )}
        <ProblemBox problem={problem} />
        {result === null ? null : <ImportOutlook result={result} />}
        {codes.length === 0 ? null : (
          <div className="card-actions">
            <Button
              icon="download"
              look={saved ? 'plain' : 'main'}
              data-testid="import-codes"
              onClick={() => {
                downloadText('valija-codes.csv', writeCodes(codes, url), 'text/csv');
                setSaved(true);
              }}
            >
              {t('codes-download', { n: codes.length })}
            </Button>
          </div>
        )}
        {warned && !saved ? (
          <p className="note note-warning" role="alert">
            {t('codes-unsaved')}
          </p>
        ) : null}
        <footer className="dialog-foot">
          {result?.done === true ? (
            <Button
              look={codes.length === 0 || saved ? 'main' : 'plain'}
              data-testid="import-done"
              onClick={leave}
            >
              {t('slip-done')}
            </Button>
          ) : (
            <>
              <Button onClick={onClose}>{shell('cancel')}</Button>
              <Button
                look="main"
                disabled={busy || !mayRun}
                data-testid="import-run"
                onClick={() => void run(file?.csv ?? '', false)}
              >
                {t('import-run')}
              </Button>
            </>
          )}
        </footer>
      </div>
    </Dialog>
  );
}
