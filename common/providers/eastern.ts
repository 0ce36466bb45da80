import type { Provider } from './provider.ts';
import { pop3s, smtps } from './servers.ts';

/** Providers of eastern Europe and Asia. */
export const EASTERN: readonly Provider[] = [
  {
    id: 'mail-ru',
    name: 'Mail.ru',
    domains: ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru'],
    mxEnds: ['mail.ru'],
    pop3: pop3s('pop.mail.ru'),
    smtp: smtps('smtp.mail.ru'),
    needs: ['app-password'],
    help: 'https://help.mail.ru/mail/mailer/password',
    oauth: null,
  },
  {
    id: 'yandex',
    name: 'Yandex Mail',
    domains: ['yandex.com', 'yandex.ru', 'ya.ru', 'yandex.by', 'yandex.kz'],
    mxEnds: ['mx.yandex.net', 'mx.yandex.ru'],
    pop3: pop3s('pop.yandex.com'),
    smtp: smtps('smtp.yandex.com'),
    needs: ['app-password', 'enable-pop'],
    help: 'https://yandex.com/support/mail/mail-clients/others.html',
    oauth: null,
  },
  {
    id: 'naver',
    name: 'Naver',
    domains: ['naver.com'],
    pop3: pop3s('pop.naver.com'),
    smtp: smtps('smtp.naver.com'),
    login: 'local',
    needs: ['enable-pop', 'app-password'],
    help: null,
    oauth: null,
  },
];
