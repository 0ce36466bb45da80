import type { Entry } from '../text.ts';
import type { en } from '../en/register.ts';

export const es: Record<keyof typeof en, Entry> = {
  'setup-code': 'Código de instalación',
  'setup-code-hint':
    'Aparece donde se inició Valija. Con él serás quien administra; sin él tendrás una cuenta normal.',
  invite: 'Código de invitación',
  'invite-hint': 'Lo da quien administra este servidor y sirve una sola vez.',
  'invite-optional': 'Solo si te dieron uno: usa entonces el nombre de usuario que venía con él.',
};
