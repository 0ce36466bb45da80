import type { KnownReplies } from './known-reply.ts';

const SEEN = 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/google.rb';

/** What Gmail says about who sends, and about what is sent. */
export const GOOGLE_POLICY: KnownReplies = {
  provider: 'Gmail',
  replies: [
    {
      reply:
        "550 5.7.26 Unauthenticated email from domain-name is not accepted due to domain's DMARC policy. Please contact the administrator of domain-name domain.",
      stage: 'data',
      class: 'dmarc',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.26 The MAIL FROM domain [domain-name] has an SPF record with a hard fail policy (-all) but it fails to pass SPF checks with the ip: [ip-address]. To best protect our users from spam and phishing, the message has been blocked.',
      stage: 'data',
      class: 'unauthenticated',
      source: SEEN,
    },
    {
      reply:
        '421 4.7.26 This mail has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.',
      stage: 'data',
      class: 'unauthenticated',
      source: SEEN,
    },
    {
      reply:
        "421 4.7.32 Your email has been rate limited because the From: header (RFC5322) in this message isn't aligned with either the authenticated SPF or DKIM organizational domain.",
      stage: 'data',
      class: 'unauthenticated',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.25 The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not point to the sending IP. As a policy, Gmail does not accept messages from IPs with missing PTR records.',
      stage: 'data',
      class: 'reverse-dns',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.1 Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked.',
      stage: 'data',
      class: 'policy-spam',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.1 Our system has detected that this message is likely suspicious due to the very low reputation of the sending IP address/domain. To best protect our users from spam, the message has been blocked.',
      stage: 'data',
      class: 'reputation',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.28 There is an unusual rate of unsolicited mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been blocked.',
      stage: 'data',
      class: 'reputation',
      source: SEEN,
    },
    {
      reply:
        '552 5.7.0 This message was blocked because its content presents a potential security issue. Please visit https://support.google.com/mail/?p=BlockedMessage to review our message content and attachment content guidelines.',
      stage: 'data',
      class: 'content',
      source: SEEN,
    },
    {
      reply:
        "552 5.3.4 Your message exceeded Google's message size limits. To view our message size guidelines, go to Send attachments with your Gmail message.",
      stage: 'data',
      class: 'too-large',
      source: SEEN,
    },
    {
      reply:
        '554 5.4.6 Message exceeded 50 hops, this may indicate a mail loop. For more information, go to Gmail Help.',
      stage: 'data',
      class: 'loop',
      source: SEEN,
    },
    {
      reply:
        "550 5.7.1 The IP you're using to send mail is not authorized to send email directly to our servers. Use the SMTP relay at your service provider instead.",
      stage: 'data',
      class: 'home-network',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.1 This message is not RFC 5322 compliant because it has duplicate headers. To reduce the amount of spam sent to Gmail, this message has been blocked.',
      stage: 'data',
      class: 'format',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.1 The user or domain that you are sending to (or from) has a policy that prohibited the mail that you sent. Please contact your domain administrator for further details.',
      stage: 'data',
      class: 'content',
      source: SEEN,
    },
    {
      reply:
        '530 5.7.0 Must issue a STARTTLS command first. For more information, go to About SMTP error messages',
      stage: 'sender',
      class: 'tls-required',
      source: SEEN,
    },
    {
      reply:
        '530 5.5.1 Authentication Required. For more information, visit https://support.google.com/mail/?p=WantAuthError',
      stage: 'sender',
      class: 'auth-needed',
      source: SEEN,
    },
    {
      reply:
        '535 5.7.1 Username and Password not accepted. For more information, visit https://support.google.com/accounts/troubleshooter/2402620',
      stage: 'login',
      class: 'auth-needed',
      source: SEEN,
    },
    {
      reply:
        '535 5.7.1 Application-specific password required. For more information, visit https://support.google.com/accounts/answer/185833',
      stage: 'login',
      class: 'app-password',
      source: SEEN,
    },
    {
      reply:
        '535 5.7.1 Please log in with your web browser and then try again. For more information, visit https://support.google.com/mail/bin/accounts/answer/78754',
      stage: 'login',
      class: 'web-login',
      source: SEEN,
    },
    {
      reply:
        '454 4.7.0 Too many login attempts, please try again later. For more information, go to Add Gmail to another email client.',
      stage: 'login',
      class: 'rate-limited',
      source: SEEN,
    },
    {
      reply: '501 5.5.4 HELO/EHLO argument is invalid. https://support.google.com/mail/?p=helo',
      stage: 'session',
      class: 'helo',
      source: SEEN,
    },
  ],
};
