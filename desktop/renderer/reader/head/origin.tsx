import { useId, useState } from 'react';
import type { MailAuthentication } from '../../../../common/shapes/mail.ts';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { formatFullDate } from '../../text/format.ts';
import { originTexts } from '../../text/origin.ts';
import { languageStore, useText } from '../../text/text.ts';
import { judgeOrigin } from './judge-origin.ts';

/** A calm line where the sender is in doubt, and how it was judged for who wants to know. */
export function OriginMark({ found }: { found: MailAuthentication }) {
  const t = useText(originTexts);
  const [open, setOpen] = useState(false);
  const id = useId();
  const doubt = judgeOrigin(found);
  if (doubt === null) return null;
  return (
    <div className="note note-warning origin" data-testid="origin-mark" data-kind={doubt.kind}>
      <Icon name="junk" size={17} />
      <div>
        <p>
          {doubt.kind === 'fails'
            ? t('fails', { domain: doubt.domain })
            : t('other', { domain: doubt.domain, by: doubt.by })}{' '}
          <button
            type="button"
            className="link-button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'less' : 'why')}
          </button>
        </p>
        <div id={id} hidden={!open}>
          {open ? <OriginDetails found={found} /> : null}
        </div>
      </div>
    </div>
  );
}

/** Every check with its result. */
export function OriginDetails({ found }: { found: MailAuthentication }) {
  const t = useText(originTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const lines: [string, string, string][] = [
    ['DMARC', found.from.domain ?? '', found.from.dmarc],
    ...found.dkim.map((one): [string, string, string] => ['DKIM', one.domain, one.result]),
    ...(found.spf === null
      ? []
      : ([['SPF', [found.spf.domain, found.spf.ip].filter(Boolean).join(', '), found.spf.result]] as [
          string,
          string,
          string,
        ][])),
    ...(found.arc === null ? [] : [['ARC', '', found.arc.result] as [string, string, string]]),
  ];
  const time = formatFullDate(found.judgedAt, language, zone);
  return (
    <>
      <ul className="origin-list">
        {lines.map(([method, what, result], at) => (
          <li key={at}>
            <strong>{method}</strong> {what} <span data-result={result}>{result}</span>
          </li>
        ))}
      </ul>
      <p>{found.by === 'valija' ? t('judged-here', { time }) : t('judged-there', { by: found.by, time })}</p>
    </>
  );
}
