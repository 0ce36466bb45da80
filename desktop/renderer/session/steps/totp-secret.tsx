import type { TotpSetUp } from '../../../../common/shapes/session.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { QrCode } from './qr-code.tsx';

/** The secret for an authenticator app: for its camera, and to be typed. */
export function TotpSecret({ secret, uri }: TotpSetUp) {
  const t = useText(stepTexts);
  return (
    <div className="totp-secret">
      <p>{t('scan')}</p>
      <QrCode text={uri} label={t('qr-label')} />
      <p className="field-hint">{t('or-type')}</p>
      <CopyText
        label={t('copy')}
        done={t('copied')}
        text={secret.replace(/(.{4})(?=.)/g, '$1 ')}
        testId="totp-secret"
      />
    </div>
  );
}
