import assert from 'node:assert/strict';
import test from 'node:test';
import { makePagePolicy } from '../../../common/content-policy.ts';
import { readConnectSources } from '../../../desktop/main/server/connect-sources.ts';
import { decideNavigation, decideWindow } from '../../../desktop/main/page/navigation.ts';
import { findAppFile } from '../../../desktop/main/page/serve-app.ts';
import { parseServer } from '../../../desktop/main/server/server-address.ts';

const SERVERS = ['https://valija.example.org', 'https://store.example.org:7320'];

test('the page stays where it is', () => {
  const table: [string, boolean, string][] = [
    ['valija://app/', true, 'allow'],
    ['valija://app/#/inbox', true, 'allow'],
    ['valija://app/frame', true, 'refuse'],
    ['valija://app/assets/a.js', true, 'refuse'],
    ['valija://app/?x', true, 'refuse'],
    ['valija://app.evil.org/', true, 'refuse'],
    ['valija://msg/a', true, 'refuse'],
    ['https://example.org/', true, 'refuse'],
    ['https://valija.example.org/', true, 'refuse'],
    ['https://store.example.org:7320/mail/m1/part/1.2?sig=x', true, 'download'],
    ['https://store.example.org:7320/mail/m1/raw?sig=x', true, 'download'],
    ['https://store.example.org/mail/m1/raw', true, 'refuse'],
    ['https://store.example.org:7320/mail/m1/part/../../../trpc/x', true, 'refuse'],
    ['https://store.example.org:7320/mail/m1/part/x', true, 'refuse'],
    ['https://store.example.org:7320/mail/m1/raw/x', true, 'refuse'],
    ['https://u:p@store.example.org:7320/mail/m1/raw', true, 'refuse'],
    ['mailto:a@b.org', true, 'compose'],
    ['mailto:%FF', true, 'refuse'],
    ['file:///etc/passwd', true, 'refuse'],
    ['javascript:alert(1)', true, 'refuse'],
    ['data:text/html,x', true, 'refuse'],
    ['blob:valija://app/1', true, 'refuse'],
    ['about:blank', true, 'refuse'],
    ['valija://app/frame', false, 'allow'],
    ['about:blank', false, 'allow'],
    ['valija://app/', false, 'refuse'],
    ['valija://app/frame?x', false, 'refuse'],
    ['https://example.org/', false, 'refuse'],
    ['https://store.example.org:7320/mail/m1/raw', false, 'refuse'],
    ['mailto:a@b.org', false, 'refuse'],
    ['data:text/html,x', false, 'refuse'],
  ];
  for (const [url, isMainFrame, act] of table) {
    assert.equal(decideNavigation(url, isMainFrame, SERVERS).act, act, `${url} ${isMainFrame}`);
  }
});

test('a window goes to the browser, the composer or nowhere', () => {
  const table: [string, string][] = [
    ['https://example.org/a?b#c', 'browse'],
    ['http://example.org/', 'browse'],
    ['https://bank.com@evil.org/', 'refuse'],
    ['https://u:p@evil.org/', 'refuse'],
    [`https://example.org/${'a'.repeat(9000)}`, 'refuse'],
    ['mailto:a@b.org?subject=x', 'compose'],
    ['https://store.example.org:7320/mail/m1/part/2', 'download'],
    ['about:blank', 'refuse'],
    ['valija://app/', 'refuse'],
    ['file:///C:/Windows/System32/calc.exe', 'refuse'],
    ['smb://host/share', 'refuse'],
    ['ms-msdt:/id', 'refuse'],
    ['javascript:alert(1)', 'refuse'],
    ['vbscript:x', 'refuse'],
    ['data:text/html,x', 'refuse'],
    ['ftp://example.org', 'refuse'],
    ['', 'refuse'],
    ['HTTPS://EXAMPLE.org', 'browse'],
  ];
  for (const [url, act] of table) assert.equal(decideWindow(url, SERVERS).act, act, url.slice(0, 60));
  assert.deepEqual(decideWindow('HTTPS://EXAMPLE.org', []), { act: 'browse', url: 'https://example.org/' });
});

test('a server is an origin, with TLS unless it is this machine', () => {
  const table: [string, string | null][] = [
    ['https://valija.example.org', 'https://valija.example.org'],
    [' https://Valija.Example.org/ ', 'https://valija.example.org'],
    ['https://valija.example.org:7310', 'https://valija.example.org:7310'],
    ['http://localhost:7310', 'http://localhost:7310'],
    ['http://127.0.0.2:7310', 'http://127.0.0.2:7310'],
    ['http://[::1]:7310', 'http://[::1]:7310'],
    ['http://valija.example.org', null],
    ['http://127.0.0.1.evil.org', null],
    ['http://localhost.evil.org', null],
    ['https://u:p@example.org', null],
    ['https://example.org/path', null],
    ['https://example.org/?x', null],
    ['https://example.org/#x', null],
    ['valija.example.org', null],
    ['file:///x', null],
    ['', null],
  ];
  for (const [text, expected] of table) assert.equal(parseServer(text), expected, text);
});

test('the policy names the servers and takes over no wildcard', () => {
  assert.match(
    makePagePolicy(SERVERS, ''),
    /connect-src 'self' https:\/\/valija\.example\.org https:\/\/store\.example\.org:7320;/,
  );
  assert.doesNotMatch(makePagePolicy(SERVERS, ''), /\*|unsafe/);
  const table: [string, string[]][] = [
    [
      "default-src 'none'; connect-src 'self' https://a.org https://b.org:7320",
      ['https://a.org', 'https://b.org:7320'],
    ],
    ["connect-src 'self' https://a.org https://a.org/", ['https://a.org']],
    ['connect-src https: * https://*.org http://c.org wss://d.org data:', []],
    ['CONNECT-SRC http://localhost:7320', ['http://localhost:7320']],
    ["default-src 'self'", []],
    ['', []],
  ];
  for (const [policy, expected] of table) assert.deepEqual(readConnectSources(policy), expected, policy);
});

test('the scheme serves the built client and no other file', () => {
  const table: [string, string | null][] = [
    ['valija://app/', 'index.html'],
    ['valija://app/#/inbox', 'index.html'],
    ['valija://app/frame', 'frame.html'],
    ['valija://app/assets/app-AB12.js', 'assets/app-AB12.js'],
    ['valija://app/main.cjs', null],
    ['valija://app/preload.cjs', null],
    ['valija://app/index.html', null],
    ['valija://app/assets/../main.cjs', null],
    ['valija://app/assets/..%2fmain.cjs', null],
    ['valija://app/assets/%2e%2e/main.cjs', null],
    ['valija://app/assets/.hidden.js', null],
    ['valija://app/assets/sub/a.js', null],
    ['valija://app/assets/app.js.br', null],
    ['valija://app//etc/passwd', null],
    ['valija://evil/', null],
    ['https://app/', null],
  ];
  for (const [url, expected] of table) assert.equal(findAppFile(url), expected, url);
});
