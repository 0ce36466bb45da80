import type { Provider } from './provider.ts';
import { pop3s, smtps, submission } from './servers.ts';

/** Providers of Germany, Austria and Switzerland. */
export const GERMAN: readonly Provider[] = [
  {
    id: 'gmx',
    name: 'GMX',
    domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch', 'gmx.org', 'gmx.info', 'gmx.biz', 'gmx.eu'],
    mxEnds: ['gmx.net'],
    pop3: pop3s('pop.gmx.net'),
    smtp: submission('mail.gmx.net'),
    needs: ['enable-pop'],
    help: 'https://hilfe.gmx.net/pop-imap/pop3/index.html',
    oauth: null,
  },
  {
    id: 'web-de',
    name: 'WEB.DE',
    domains: ['web.de', 'email.de'],
    pop3: pop3s('pop3.web.de'),
    smtp: submission('smtp.web.de'),
    login: 'local',
    needs: ['enable-pop'],
    help: 'https://hilfe.web.de/pop-imap/pop3/index.html',
    oauth: null,
    loginGap: 720,
  },
  {
    id: 't-online',
    name: 'T-Online (Telekom)',
    domains: ['t-online.de', 'magenta.de'],
    pop3: pop3s('securepop.t-online.de'),
    smtp: smtps('securesmtp.t-online.de'),
    needs: ['app-password'],
    help: 'https://www.telekom.de/hilfe/apps-dienste/e-mail/programme',
    oauth: null,
  },
];
