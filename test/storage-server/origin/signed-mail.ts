import { generateKeyPairSync } from 'node:crypto';
import { sealMessage } from 'mailauth/lib/arc/index.js';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';

/** Keys and DNS of the sender's domain, as `startUnbound` takes them. */
export interface SenderDomain {
  records: string[];
  sign(message: Buffer): Promise<Buffer>;
  /** As a list server seals what it hands on. */
  seal(message: Buffer): Promise<Buffer>;
}

/** `sender.test`: may send from 192.0.2.7, signs with the selector s1, and asks to reject what is not from there. */
export function makeSender(): SenderDomain {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const half = 200;
  const one = { signingDomain: 'sender.test', selector: 's1', privateKey: pem };
  return {
    records: [
      'sender.test. TXT "v=spf1 ip4:192.0.2.7 -all"',
      '_dmarc.sender.test. TXT "v=DMARC1; p=reject"',
      `s1._domainkey.sender.test. TXT "v=DKIM1; k=rsa; p=${key.slice(0, half)}" "${key.slice(half)}"`,
      'own.test. MX 10 mx.own.test.',
    ],
    sign: async (message) => {
      const { signatures } = await dkimSign(message, { ...one, signatureData: [one] });
      return Buffer.concat([Buffer.from(signatures), message]);
    },
    seal: async (message) => {
      const seal = { ...one, cv: 'none', authResults: 'list.test; none' } as never;
      return Buffer.concat([await sealMessage(message, seal), message]);
    },
  };
}

const WHEN = 'Fri, 20 Nov 2026 10:00:00 +0000';

/** A message as the sender's server hands it over. */
export function makeText(more: string[] = []): Buffer {
  return Buffer.from(
    [
      ...more,
      'From: Ana <ana@sender.test>',
      'To: me@own.test',
      'Subject: hello',
      `Date: ${WHEN}`,
      'Message-ID: <1@sender.test>',
      '',
      'Some text.',
      '',
    ].join('\r\n'),
  );
}

/** What the recipient's server puts on top of it when `ip` hands it over. */
export function deliver(message: Buffer, ip: string, more: string[] = []): Buffer {
  const lines = [
    'Return-Path: <ana@sender.test>',
    ...more,
    `Received: from out.sender.test (unknown [${ip}]) by mx.own.test with ESMTP id 1; ${WHEN}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n`), message]);
}
