import type { KnownReplies } from './known-reply.ts';

const QQ_LIST = 'https://qqmailbox.com/transceivers/169.html';
const NETEASE_LIST = 'https://biecuoliao.com/pa/MBRrwEM.html';
const KOREA = 'https://puffinknight.tistory.com/102';
const KUMO = 'https://github.com/KumoCorp/kumomta/blob/main/assets/community/bounces.toml';
const HANDLER = 'https://github.com/twisted1919/bounce-handler/blob/master/BounceHandler/rules.php';

export const QQ: KnownReplies = {
  provider: 'QQ',
  replies: [
    { reply: '550 Mailbox not found', stage: 'recipient', class: 'unknown-user', source: QQ_LIST },
    { reply: '501 Bad address syntax', stage: 'recipient', class: 'bad-address', source: QQ_LIST },
    { reply: '550 Error: content rejected', stage: 'data', class: 'content', source: QQ_LIST },
    { reply: '550 Mail content denied', stage: 'data', class: 'content', source: KUMO },
    {
      reply: '551 <xxxxx@yourdomain.com> is a deactivated mailbox',
      stage: 'recipient',
      class: 'disabled',
      source: HANDLER,
    },
  ],
};

export const NETEASE: KnownReplies = {
  provider: 'NetEase (163.com)',
  replies: [
    { reply: '421 HL:REP', stage: 'session', class: 'reputation', source: NETEASE_LIST },
    { reply: '421 HL:ICC', stage: 'session', class: 'busy', source: NETEASE_LIST },
    { reply: '421 HL:IFC', stage: 'session', class: 'rate-limited', source: NETEASE_LIST },
    { reply: '450 DT:RBL', stage: 'recipient', class: 'blocked-ip', source: NETEASE_LIST },
    { reply: '451 DT:SPM ,please try again', stage: 'data', class: 'policy-spam', source: NETEASE_LIST },
    { reply: '451 MI:SFQ', stage: 'sender', class: 'sending-limit', source: NETEASE_LIST },
    {
      reply:
        '554 Connection refused(mx). MAIL FROM [xxxxx@yourdomain.com] mismatches client IP [111.111.111.000].',
      stage: 'sender',
      class: 'unauthenticated',
      source: HANDLER,
    },
  ],
};

export const NAVER: KnownReplies = {
  provider: 'Naver',
  replies: [
    {
      reply:
        '421 4.3.2 Your IP( is filtered and this connection will be closed. You must register your IP to http://realip.naver.com',
      stage: 'session',
      class: 'blocked-ip',
      source: KOREA,
    },
    {
      reply: '421 4.3.1 You send too many messages.',
      stage: 'session',
      class: 'rate-limited',
      source: KOREA,
    },
    { reply: '550 5.1.1 No such user', stage: 'recipient', class: 'unknown-user', source: KOREA },
    { reply: '550 5.1.1 Inactive mbox', stage: 'recipient', class: 'disabled', source: KOREA },
    {
      reply: "550 You are registered as spammer (by user's reject list)",
      stage: 'recipient',
      class: 'sender-blocked',
      source: KOREA,
    },
  ],
};

export const DAUM: KnownReplies = {
  provider: 'Daum (Hanmail)',
  replies: [
    {
      reply:
        '554 5.7.1 DAS51 2***.***.***.***: Your mail is blocked automatically by anti-spam system. (E06)',
      stage: 'session',
      class: 'blocked-ip',
      source: 'https://auctionpro.co.kr/?p=2544',
    },
  ],
};
