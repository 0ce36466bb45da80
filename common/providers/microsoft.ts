import { MICROSOFT_OAUTH } from './oauth.ts';
import type { Provider } from './provider.ts';
import { pop3s, submission } from './servers.ts';

/** Microsoft's domains alone fill a screen. */
const OUTLOOK =
  'com es cl com.ar com.br pt fr it de at be cz dk hu ie in jp kr lv my ph sa sg sk co.id co.il co.th com.au com.gr com.tr com.vn';
const HOTMAIL =
  'com es cl com.ar com.br fr it de be ca cz dk fi gr hu lt lv my nl no ph rs se sg sk co.id co.il co.in co.jp co.kr co.th co.uk co.za com.au com.hk com.tr com.tw com.vn';
const LIVE =
  'com cl com.ar com.mx com.pt fr it de at be ca cn dk fi hk ie in jp nl no ru se co.jp co.kr co.uk co.za com.au com.my com.ph com.sg';

function listDomains(name: string, ends: string): string[] {
  return ends.split(' ').map((end) => `${name}.${end}`);
}

/** Outlook.com for people and Exchange Online for organisations. */
export const MICROSOFT: Provider = {
  id: 'microsoft',
  name: 'Outlook, Hotmail, Microsoft 365',
  domains: [
    ...listDomains('outlook', OUTLOOK),
    ...listDomains('hotmail', HOTMAIL),
    ...listDomains('live', LIVE),
    'msn.com',
    'windowslive.com',
    'passport.com',
  ],
  mxEnds: ['protection.outlook.com', 'mx.microsoft'],
  pop3: pop3s('outlook.office365.com'),
  smtp: submission('smtp-mail.outlook.com'),
  customers: { smtp: submission('smtp.office365.com') },
  // Exchange Online limits, “SMTP client submission”.
  submission: { connections: 3, mailsPerMinute: 30 },
  needs: ['oauth', 'enable-pop'],
  help: 'https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040',
  oauth: MICROSOFT_OAUTH,
  filesSentCopies: true,
};
