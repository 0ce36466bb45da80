import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findBorder } from '../../../storage-server/origin/border.ts';
import { readHop, type Hop } from '../../../storage-server/origin/hop.ts';
import { isSameOrganisation } from '../../../storage-server/origin/judge-mail.ts';

const HOPS: [string, Partial<Hop>][] = [
  [
    'from out.sender.net (out.sender.net [192.0.2.7]) by mx.example.org (Postfix) with ESMTPS id 1; Wed, 18 Nov 2026',
    { helo: 'out.sender.net', name: 'out.sender.net', ip: '192.0.2.7', by: 'mx.example.org', local: false },
  ],
  [
    'from claimed.test (unknown [192.0.2.7]) by mx.example.org with SMTP',
    { helo: 'claimed.test', name: null, ip: '192.0.2.7' },
  ],
  [
    'from out.sender.net ([192.0.2.7] helo=claimed.test) by mx.example.org with esmtps (Exim 4.96) id x',
    { helo: 'claimed.test', name: 'out.sender.net', ip: '192.0.2.7' },
  ],
  [
    'from [192.0.2.7] (helo=claimed.test) by mx.example.org with esmtp (Exim)',
    { helo: 'claimed.test', name: null, ip: '192.0.2.7' },
  ],
  [
    'from claimed.test ([192.0.2.7]) by mx.example.org with ESMTP',
    { helo: 'claimed.test', name: null, ip: '192.0.2.7' },
  ],
  [
    'from x (rdns.test [192.0.2.7] (may be forged)) by mx.example.org (8.15/8.15)',
    { helo: 'x', name: null, ip: '192.0.2.7' },
  ],
  ['from unknown (HELO claimed.test) (192.0.2.7) by mx.example.org with SMTP', { ip: '192.0.2.7' }],
  [
    'from A.example.com (2001:db8::1) by B.example.com (2001:db8::2) with Microsoft SMTP Server id 15.20; x',
    { ip: '2001:db8::1', by: 'b.example.com' },
  ],
  [
    'from o1.test (o1.test. [IPv6:2001:db8::7]) by mx.google.com with ESMTPS id x',
    { name: 'o1.test', ip: '2001:db8::7' },
  ],
  ['by 2002:a05:6a20:1 with SMTP id x; Wed, 18 Nov 2026', { helo: null, ip: null, by: null, local: false }],
  [
    'from mx.example.org by store.example.org with LMTP id x',
    { helo: 'mx.example.org', ip: null, local: true },
  ],
  // A claim that looks like an address is no address.
  ['from [10.0.0.1] (evil.test [192.0.2.7]) by mx.example.org', { helo: null, ip: '192.0.2.7' }],
  ['from x([10.0.0.1]) (unknown [192.0.2.7]) by mx.example.org', { name: null, ip: '192.0.2.7' }],
  ['', { helo: null, name: null, ip: null, by: null, local: false }],
];

describe('what a Received line says', () => {
  for (const [line, expected] of HOPS) {
    test(line, () => assert.partialDeepStrictEqual(readHop(line), expected));
  }
  test('rubbish of any length is read', () => {
    for (const piece of ['(', '[', 'from ', '"', 'a ', ';', 'by ']) readHop(piece.repeat(50_000));
  });
});

const OUTSIDE = 'from out.sender.net (out.sender.net [192.0.2.7]) by mx.example.org with ESMTPS id 1; x';
const FORGED = 'from good.bank.test (good.bank.test [203.0.113.1]) by mx.example.org with ESMTPS id 0; x';
const BORDERS: { name: string; lines: string[]; hosts?: string[]; expected: [number, string] | null }[] = [
  { name: 'the topmost line took it from outside', lines: [OUTSIDE, FORGED], expected: [0, '192.0.2.7'] },
  {
    name: 'handed on within the provider by LMTP',
    lines: ['from mx.example.org by store7 with LMTP id x; x', OUTSIDE, FORGED],
    expected: [1, '192.0.2.7'],
  },
  {
    name: 'a filter on its own machine, then a machine in its own network',
    lines: [
      'from mx.example.org (mx.example.org [10.1.2.3]) by pop.example.org with ESMTP id 3; x',
      'from localhost (localhost [127.0.0.1]) by mx.example.org with ESMTP id 2; x',
      OUTSIDE,
      FORGED,
    ],
    expected: [2, '192.0.2.7'],
  },
  {
    name: "another machine of the provider's, by the name that was looked up",
    lines: [
      'from in4.example.org (in4.example.org [198.51.100.4]) by pop.example.org with ESMTPS id 3; x',
      OUTSIDE,
    ],
    expected: [1, '192.0.2.7'],
  },
  {
    name: 'a stranger that calls himself a machine of the provider is where it ends',
    lines: ['from mx.example.org (evil.test [192.0.2.66]) by mx.example.org with ESMTP id 3; x', FORGED],
    expected: [0, '192.0.2.66'],
  },
  {
    name: 'a stranger without a name that calls himself so: nobody can tell',
    lines: ['from mx.example.org (unknown [192.0.2.66]) by mx.example.org with ESMTP id 3; x', FORGED],
    expected: null,
  },
  {
    name: 'Gmail: two lines without a client, then the border',
    lines: [
      'by 2002:a05:6a20:1 with SMTP id x; x',
      'by 2002:a17:90a:2 with POP3 id y; x',
      'from out.sender.net (out.sender.net. [192.0.2.7]) by mx.google.com with ESMTPS id z; x',
      FORGED,
    ],
    hosts: ['pop.gmail.com', 'google.com'],
    expected: [2, '192.0.2.7'],
  },
  {
    name: 'the line below the own machines is not by the provider',
    lines: [
      'from localhost (localhost [127.0.0.1]) by pop.example.org with ESMTP id 2; x',
      'from good.bank.test (good.bank.test [203.0.113.1]) by mx.other.test with ESMTP; x',
    ],
    expected: null,
  },
  {
    name: 'its MX hosts belong to somebody else, whom the DNS names',
    lines: [
      'from mx1.filter.test (mx1.filter.test [198.51.100.9]) by pop.example.org with ESMTPS; x',
      'from out.sender.net (out.sender.net [192.0.2.7]) by mx1.filter.test with ESMTPS; x',
    ],
    hosts: ['pop.example.org', 'mx1.filter.test'],
    expected: [1, '192.0.2.7'],
  },
  {
    name: 'the topmost line names the provider when its POP3 server has another name',
    lines: [
      'from a.hoster.test (a.hoster.test [198.51.100.9]) by b.hoster.test with ESMTPS; x',
      'from out.sender.net (out.sender.net [192.0.2.7]) by a.hoster.test with ESMTPS; x',
    ],
    expected: [1, '192.0.2.7'],
  },
  {
    name: 'all within one network',
    lines: ['from pc (pc.lan [192.168.0.9]) by mx.example.org; x'],
    expected: null,
  },
  {
    name: 'a client that left no address',
    lines: ['from out.sender.net by mx.example.org with SMTP; x', FORGED],
    expected: null,
  },
  { name: 'no line at all', lines: [], expected: null },
  { name: 'endless lines', lines: Array.from({ length: 500 }, () => 'by mx.example.org; x'), expected: null },
];

describe('the hop over the border of the provider', () => {
  for (const { name, lines, hosts = ['pop.example.org'], expected } of BORDERS) {
    test(name, () => {
      const found = findBorder(lines.map(readHop), { hosts, same: isSameOrganisation });
      assert.deepEqual(found === null ? null : [found.index, found.ip], expected);
    });
  }
});
