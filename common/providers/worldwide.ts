import { GOOGLE_OAUTH, MICROSOFT_OAUTH, yahooOAuth } from './oauth.ts';
import type { Provider } from './provider.ts';
import { pop3s, smtps, submission } from './servers.ts';

/** Providers that people of every country use. */
export const WORLDWIDE: readonly Provider[] = [
  {
    id: 'google',
    name: 'Gmail (Google)',
    domains: ['gmail.com', 'googlemail.com'],
    mxEnds: ['google.com', 'googlemail.com'],
    pop3: pop3s('pop.gmail.com'),
    smtp: smtps('smtp.gmail.com'),
    needs: ['app-password', 'enable-pop'],
    help: 'https://support.google.com/mail/answer/7104828',
    oauth: GOOGLE_OAUTH,
    listsAtMost: 250,
    filesSentCopies: true,
    authservIds: ['mx.google.com'],
  },
  {
    id: 'yahoo',
    name: 'Yahoo Mail',
    domains: [
      'yahoo.com',
      'yahoo.es',
      'yahoo.com.ar',
      'yahoo.com.br',
      'yahoo.com.mx',
      'yahoo.com.au',
      'yahoo.co.in',
      'yahoo.co.nz',
      'yahoo.co.uk',
      'yahoo.de',
      'yahoo.fr',
      'yahoo.it',
      'yahoo.se',
      'ymail.com',
      'myyahoo.com',
      'rocketmail.com',
    ],
    pop3: pop3s('pop.mail.yahoo.com'),
    smtp: smtps('smtp.mail.yahoo.com'),
    needs: ['app-password'],
    help: 'https://help.yahoo.com/kb/SLN4724.html',
    oauth: yahooOAuth('login.yahoo.com'),
  },
  {
    id: 'aol',
    name: 'AOL Mail',
    domains: ['aol.com', 'aim.com', 'verizon.net', 'netscape.net'],
    pop3: pop3s('pop.aol.com'),
    smtp: smtps('smtp.aol.com'),
    needs: ['app-password'],
    help: 'https://help.aol.com/articles/how-do-i-use-other-email-applications-to-send-and-receive-my-aol-mail',
    oauth: yahooOAuth('login.aol.com'),
  },
  {
    id: 'icloud',
    name: 'iCloud Mail (Apple)',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    mxEnds: ['icloud.com'],
    pop3: null,
    smtp: submission('smtp.mail.me.com'),
    needs: ['no-pop'],
    help: 'https://support.apple.com/102525',
    oauth: null,
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm', 'fastmail.net', 'fastmail.org'],
    mxEnds: ['messagingengine.com'],
    pop3: pop3s('pop.fastmail.com'),
    smtp: smtps('smtp.fastmail.com'),
    needs: ['app-password'],
    help: 'https://www.fastmail.help/hc/en-us/articles/1500000278342',
    oauth: null,
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    domains: ['zoho.com', 'zohomail.com'],
    mxEnds: ['zoho.com', 'zohomail.com'],
    pop3: pop3s('pop.zoho.com'),
    smtp: smtps('smtp.zoho.com'),
    customers: { pop3: pop3s('poppro.zoho.com'), smtp: smtps('smtppro.zoho.com') },
    needs: ['enable-pop', 'app-password'],
    help: 'https://www.zoho.com/mail/help/pop-access.html',
    oauth: null,
  },
  {
    id: 'zoho-eu',
    name: 'Zoho Mail (EU)',
    domains: ['zohomail.eu'],
    mxEnds: ['zoho.eu', 'zohomail.eu'],
    pop3: pop3s('pop.zoho.eu'),
    smtp: smtps('smtp.zoho.eu'),
    customers: { pop3: pop3s('poppro.zoho.eu'), smtp: smtps('smtppro.zoho.eu') },
    needs: ['enable-pop', 'app-password'],
    help: 'https://www.zoho.com/mail/help/pop-access.html',
    oauth: null,
  },
  {
    id: 'zoho-in',
    name: 'Zoho Mail (India)',
    domains: ['zohomail.in'],
    mxEnds: ['zoho.in', 'zohomail.in'],
    pop3: pop3s('pop.zoho.in'),
    smtp: smtps('smtp.zoho.in'),
    customers: { pop3: pop3s('poppro.zoho.in'), smtp: smtps('smtppro.zoho.in') },
    needs: ['enable-pop', 'app-password'],
    help: 'https://www.zoho.com/mail/help/pop-access.html',
    oauth: null,
  },
  {
    id: 'proton',
    name: 'Proton Mail',
    domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
    mxEnds: ['protonmail.ch'],
    pop3: null,
    smtp: null,
    needs: ['no-pop'],
    help: 'https://proton.me/support/imap-smtp-and-pop3-setup',
    oauth: null,
  },
  {
    id: 'tuta',
    name: 'Tuta',
    domains: ['tuta.com', 'tutanota.com', 'tutanota.de', 'tutamail.com', 'tuta.io', 'keemail.me'],
    mxEnds: ['tutanota.de'],
    pop3: null,
    smtp: null,
    needs: ['no-pop'],
    help: 'https://tuta.com/support',
    oauth: null,
  },
];

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
  needs: ['oauth', 'enable-pop'],
  help: 'https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040',
  oauth: MICROSOFT_OAUTH,
  filesSentCopies: true,
};
