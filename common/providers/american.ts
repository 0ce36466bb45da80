import { yahooOAuth } from './oauth.ts';
import type { Provider } from './provider.ts';
import { pop3s, smtps } from './servers.ts';

/** Providers of North America. */
export const AMERICAN: readonly Provider[] = [
  {
    id: 'att',
    name: 'AT&T',
    domains: [
      'att.net',
      'currently.com',
      'ameritech.net',
      'bellsouth.net',
      'flash.net',
      'nvbell.net',
      'pacbell.net',
      'prodigy.net',
      'sbcglobal.net',
      'snet.net',
      'swbell.net',
      'wans.net',
    ],
    pop3: pop3s('inbound.att.net'),
    smtp: smtps('outbound.att.net'),
    needs: ['app-password'],
    help: 'https://www.att.com/support/article/email-support/KM1010523/',
    oauth: yahooOAuth('login.yahoo.com'),
  },
  {
    id: 'comcast',
    name: 'Xfinity (Comcast)',
    domains: ['comcast.net'],
    pop3: pop3s('mail.comcast.net'),
    smtp: smtps('smtp.comcast.net'),
    needs: ['enable-pop'],
    help: 'https://www.xfinity.com/support/articles/email-client-programs-with-xfinity-email',
    oauth: null,
  },
];
