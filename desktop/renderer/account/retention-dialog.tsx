import type { RetentionPreview } from '../../../common/shapes/retention.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import { accountTexts } from '../text/account.ts';
import { formatSize } from '../text/format-more.ts';
import { formatRowDate } from '../text/format.ts';
import { mailTexts } from '../text/mail.ts';
import { shellTexts } from '../text/shell.ts';
import { languageStore, useText } from '../text/text.ts';

/** Examples that are listed at most. */
const MOST_EXAMPLES = 5;

/** What a retention contract would delete at the provider: how much, which, and a button that names the count. */
export function RetentionDialog({
  preview,
  host,
  onYes,
  onNo,
}: {
  preview: RetentionPreview;
  host: string;
  onYes: () => void;
  onNo: () => void;
}) {
  const t = useText(accountTexts);
  const mail = useText(mailTexts);
  const shell = useText(shellTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const n = preview.count;
  const examples = preview.examples.slice(0, MOST_EXAMPLES);
  return (
    <Dialog title={t('going-title')} closeLabel={shell('close')} onClose={onNo}>
      <div className="dialog-body going" data-testid="retention-preview">
        <p className="going-count">{t('going', { n, size: formatSize(preview.bytes, language), host })}</p>
        <p>{t(preview.keep === 'mirror' ? 'going-mirror' : 'going-safe')}</p>
        {examples.length === 0 ? null : (
          <>
            <h3>{t('going-examples')}</h3>
            <ul className="going-list">
              {examples.map((example) => (
                <li key={example.id}>
                  <span className="going-from">{example.from || mail('nobody')}</span>
                  <span className="going-date">{formatRowDate(example.date, now, language, zone)}</span>
                  <span className="going-subject">{example.subject || mail('no-subject')}</span>
                </li>
              ))}
            </ul>
            {n > examples.length ? (
              <p className="field-hint">{t('going-more', { n: n - examples.length })}</p>
            ) : null}
          </>
        )}
      </div>
      <footer className="dialog-foot">
        <Button onClick={onNo} autoFocus>
          {t('going-back')}
        </Button>
        <Button look="danger" onClick={onYes} data-testid="retention-confirm">
          {t('going-confirm', { n })}
        </Button>
      </footer>
    </Dialog>
  );
}
