import type { KnownReplies } from './known-reply.ts';

const LIST = 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/franceptt.rb';

export const ORANGE: KnownReplies = {
  provider: 'Orange',
  replies: [
    {
      reply:
        '550 5.1.1 hhtzumeItI371 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]',
      stage: 'recipient',
      class: 'unknown-user',
      source: LIST,
    },
    {
      reply: '552 5.1.1 hibJumn68I371 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]',
      stage: 'recipient',
      class: 'mailbox-full',
      source: LIST,
    },
    {
      reply:
        '421 mwinf5c79 ME Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR005_104 [104]',
      stage: 'session',
      class: 'busy',
      source: LIST,
    },
    {
      reply:
        '550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102 Ref http://csi.cloudmark.com',
      stage: 'session',
      class: 'blocked-ip',
      source: LIST,
    },
    {
      reply:
        '421 mwinf5c77 ME Service refuse. Veuillez essayer plus tard. Service refused, please try later. OFR_999 [999]',
      stage: 'session',
      class: 'busy',
      source: LIST,
    },
    {
      reply: '501 5.1.0 Emetteur invalide. Invalid Sender. OFR004_405 [405]',
      stage: 'sender',
      class: 'sender-unknown',
      source: LIST,
    },
    {
      reply:
        '421 smtp.orange.fr [192.0.2.1] Emetteur invalide, Veuillez verifier la configuration SPF/DNS de votre nom de domaine. Invalid Sender. SPF check failed, please verify the SPF/DNS configuration for your domain name.',
      stage: 'sender',
      class: 'unauthenticated',
      source: LIST,
    },
    {
      reply: "550 5.7.0 Code d'authentification invalide OFR_305",
      stage: 'login',
      class: 'auth-needed',
      source: LIST,
    },
  ],
};

export const LAPOSTE: KnownReplies = {
  provider: 'LaPoste',
  replies: [
    {
      reply:
        '550 5.7.1 Service unavailable; client [192.0.2.1] blocked using Spamhaus Les emails envoyes vers la messagerie Laposte.net ont ete bloques par nos services. https://www.spamhaus.org/lookup/ LPNAAA_101',
      stage: 'recipient',
      class: 'blocked-ip',
      source: LIST,
    },
    {
      reply: '550 5.5.0 SPF: *** is not allowed to send mail. LPN004_401',
      stage: 'sender',
      class: 'unauthenticated',
      source: LIST,
    },
    {
      reply: '550 5.5.0 Authentification requise. Authentication Required. LPN105_402',
      stage: 'sender',
      class: 'auth-needed',
      source: LIST,
    },
    {
      reply:
        '571 5.7.1 Message refused, DMARC verification Failed. Message refuse, verification DMARC en echec LPN007_517',
      stage: 'data',
      class: 'dmarc',
      source: LIST,
    },
    {
      reply: '550 5.5.0 Le compte du destinataire est bloque. The recipient account isblocked. LPN007_426',
      stage: 'recipient',
      class: 'disabled',
      source: LIST,
    },
    {
      reply: '550 5.5.0 Boite du destinataire archivee. Archived recipient. LPN007_420',
      stage: 'recipient',
      class: 'disabled',
      source: LIST,
    },
    {
      reply:
        '421 4.2.1 Service refuse. Veuillez essayer plus tard. Service refused, please try later. LPN007_505',
      stage: 'data',
      class: 'busy',
      source: LIST,
    },
  ],
};

export const FREE: KnownReplies = {
  provider: 'Free',
  replies: [
    { reply: '550 spam detected', stage: 'data', class: 'policy-spam', source: 'http://postmaster.free.fr/' },
    {
      reply: '552 5.2.2 user quota exceeded (UserSearch)',
      stage: 'recipient',
      class: 'mailbox-full',
      source: 'https://github.com/Erwane/whep',
    },
  ],
};

export const LIBERO: KnownReplies = {
  provider: 'Libero',
  replies: [
    {
      reply:
        '550 smtp-10.iol.local smtp-10.iol.local IP blacklisted by CSI. For remediation please use http://csi.cloudmark.com/reset-request/?ip=95.141.32.225',
      stage: 'session',
      class: 'blocked-ip',
      source: 'https://turbolab.it',
    },
    {
      reply: '421 smtp-03.iol.local smtp-03.iol.local No reverse DNS [smtp-03.iol.local; LIB_120]',
      stage: 'session',
      class: 'reverse-dns',
      source: 'https://github.com/foxcpp/maddy/issues/843',
    },
  ],
};
