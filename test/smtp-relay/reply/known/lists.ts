import type { KnownReplies } from './known-reply.ts';

export const BLOCK_LISTS: KnownReplies = {
  provider: 'Block lists',
  replies: [
    {
      reply:
        '554 5.7.1 Service unavailable; Client host [195.64.178.81] blocked using zen.spamhaus.org; http://www.spamhaus.org/query/bl?ip=195.64.178.81',
      stage: 'recipient',
      class: 'blocked-ip',
      source: 'https://help.kreativmedia.ch/fr/erreur-554-blocked',
    },
    {
      reply:
        '554 5.7.1 Service unavailable; Client host [194.25.134.22] blocked using bl.spamcop.net; Blocked - see http://www.spamcop.net/bl.shtml?194.25.134.22',
      stage: 'recipient',
      class: 'blocked-ip',
      source: 'https://multimedia-4-all.de/intern/?p=278',
    },
    {
      reply: '554 5.7.1 Service unavailable; Client host [] blocked using ix.dnsbl.manitu.net',
      stage: 'recipient',
      class: 'blocked-ip',
      source: 'https://support.onesystems.ch/722126-%C3%9Cbersicht-h%C3%A4ufig-vorkommender-Fehlermeldungen',
    },
  ],
};

export const GREYLISTING: KnownReplies = {
  provider: 'Postgrey',
  replies: [
    {
      reply:
        '450 4.2.0 <schaefer@alphanet.ch>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/alphanet.ch.html',
      stage: 'recipient',
      class: 'greylisted',
      source: 'https://github.com/schweikert/postgrey',
    },
    {
      reply:
        '450 4.7.1 <greylisted@strict-server.com>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/strict-server.com.html',
      stage: 'recipient',
      class: 'greylisted',
      source: 'https://github.com/schweikert/postgrey',
    },
  ],
};

export const RSPAMD: KnownReplies = {
  provider: 'Rspamd',
  replies: [
    {
      reply: '451 4.7.1 Try again later',
      stage: 'data',
      class: 'greylisted',
      source: 'https://github.com/rspamd/rspamd/blob/master/src/plugins/lua/greylist.lua',
    },
  ],
};
