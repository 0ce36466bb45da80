import type { LayerAccount } from '../../../../common/shapes/layer.ts';
import { WayField } from '../../account/sending/way-field.tsx';
import { Field } from '../../parts/field.tsx';
import { accountTexts } from '../../text/account.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { useText } from '../../text/text.ts';
import { ServerFields } from './server-fields.tsx';

type Sending = LayerAccount['send'];
type Smtp = NonNullable<Sending['smtp']>;

const NEW: Smtp = { host: 'smtp.uni.example', port: 465, tls: 'implicit', user: '{{user}}', auth: 'auto' };

/** How mail of an account leaves that everybody of a place is given. The password for it is each user's own. */
export function LayerSending({ send, onSend }: { send: Sending; onSend: (send: Sending) => void }) {
  const t = useText(accountTexts);
  const health = useText(adminHealthTexts);
  const smtp = send.smtp ?? NEW;
  const set = (change: Partial<Smtp>): void => onSend({ way: 'smarthost', smtp: { ...smtp, ...change } });
  return (
    <fieldset className="group">
      <legend>{t('sending')}</legend>
      <WayField way={send.way} onWay={(way) => (way === 'relay' ? onSend({ way, smtp: null }) : set({}))} />
      {send.way === 'relay' ? null : (
        <>
          <ServerFields server={smtp} onServer={set} testId="layer-smtp-host" />
          <Field
            label={health('fact-login')}
            value={smtp.user ?? ''}
            spellCheck={false}
            onChange={(event) => set({ user: event.target.value || null })}
          />
        </>
      )}
    </fieldset>
  );
}
