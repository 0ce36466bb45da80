import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findTracker } from '../../../common/trackers/find-tracker.ts';
import { TRACKERS } from '../../../common/trackers/trackers.ts';

/** Addresses as they stand in mail, and who counts by them; undefined: an ordinary picture. */
const CASES: readonly (readonly [string, string | null | undefined])[] = [
  ['https://acme.us1.list-manage.com/track/open.php?u=1&id=2&e=3', 'Mailchimp'],
  ['https://mandrillapp.com/track/open.php?u=30&id=abc', 'Mandrill'],
  ['https://u123.ct.sendgrid.net/wf/open?upn=abcdef', 'SendGrid'],
  ['https://links.shop.example/wf/open?upn=u001.abc', 'SendGrid'],
  ['https://email.mg.acme.example/o/eJwVykEOwyAMALDXwDF-abc_def', 'Mailgun'],
  ['https://abc.r.eu-west-1.awstrack.me/I0/0102018b', 'Amazon SES'],
  ['https://t.sidekickopen07.com/s3t/o/5/f18dQhb0', 'HubSpot Sales'],
  ['https://info.acme.example/e3t/Cto/ND+113/d2Qk', 'HubSpot'],
  ['https://cl.s7.exct.net/open.aspx?ffcb10-fe', 'Salesforce Marketing Cloud'],
  ['https://click.news.shop.example/open.aspx?ffcb10-fec8', 'Salesforce Marketing Cloud'],
  ['https://go.pardot.com/r/12/1/abc', 'Salesforce Pardot'],
  ['http://r20.rs6.net/on.jsp?ca=1&a=2', 'Constant Contact'],
  ['https://acme.cmail19.com/t/y-o-abc/o.gif', 'Campaign Monitor'],
  ['https://trk.klaviyomail.com/o/1/abc', 'Klaviyo'],
  ['https://ml.kd.shop.example/o/1/aBcDeFgHiJkL', 'Klaviyo'],
  ['https://links.iterable.com/e/open?_t=1', 'Iterable'],
  ['https://r.mail.shop.example/tr/op/abcdef', 'Brevo'],
  ['https://xyz.r.sendibt3.com/mk/op/sh/7nV', 'Brevo'],
  ['https://x1.mjt.lu/oo/AAAA/1/e.gif', 'Mailjet'],
  ['https://acme.activehosted.com/Open.aspx', 'ActiveCampaign'],
  ['https://openrate.aweber.com/t/abc', 'AWeber'],
  ['https://e.customeriomail.com/e/o/eyJlbWFpbF9pZCI6', 'Customer.io'],
  ['https://track.shop.example/e/o/eyJlbWFpbF9pZCI6IkxxMDJ', 'Customer.io'],
  ['https://pstmrk.it/open?m=abc', 'Postmark'],
  ['https://abc.emltrk.com/abc?p&d=ana@example.org', 'Litmus'],
  ['https://t.yesware.com/t/abc/def/1.gif', 'Yesware'],
  ['https://mailtrack.io/trace/mail/abc.png?u=1', 'Mailtrack'],
  ['https://mailfoogae.appspot.com/t?sender=a', 'Streak'],
  ['https://mailstat.us/tr/t/abc/1', 'Boomerang'],
  ['https://r.superhuman.com/abc.gif', 'Superhuman'],
  ['https://www.linkedin.com/emimp/ip_abc.gif', 'LinkedIn'],
  ['https://www.facebook.com/email_open_log_pic.php?mid=1', 'Facebook'],
  ['https://twitter.com/scribe/ibis?t=1', 'X'],
  ['https://rover.ebay.com/roveropen/0/e11', 'eBay'],
  ['https://github.com/notifications/beacon/ABC.gif', 'GitHub'],
  ['https://eotrx.substackcdn.com/open?token=eyJ', 'Substack'],
  ['https://www.google-analytics.com/collect?v=1', 'Google Analytics'],
  ['https://metrics.ip-zone.com/ev/open/abc', 'Mailrelay'],
  ['https://acumbamail.com/track/open/1', 'Acumbamail'],
  ['https://app.fromdoppler.com/opened/1', 'Doppler'],
  ['https://news.crsend.com/c/abc', 'CleverReach'],
  ['https://news.shop.example/open.gif?id=1234567890', null],
  ['https://news.shop.example/pixel/0123456789abcdef0123.png', null],
  ['https://news.shop.example/email-open/1234567', null],
  ['https://shop.example/logo.png', undefined],
  ['https://shop.example/images/open.png', undefined],
  ['https://cdn.example/pixel-art/1234567.png', undefined],
  ['https://mcusercontent.com/abc/images/header.png', undefined],
  ['https://github.com/fluidicon.png', undefined],
  ['https://www.linkedin.com/logo.png', undefined],
  ['https://notlist-manage.com/track/list.php', undefined],
  ['https://list-manage.com.evil.example/logo.png', undefined],
  ['https://hubspot.com.example/a.png', undefined],
];

describe('services that count readers', () => {
  it('are known by their hosts and paths', () => {
    const found = CASES.map(([address]) => {
      const { hostname, pathname, search } = new URL(address);
      return [address, findTracker(hostname, pathname + search)];
    });
    assert.deepEqual(found, CASES);
  });

  it('are at least sixty, each with a name and hosts in the form in which they are compared', () => {
    assert.ok(new Set(TRACKERS.map(({ name }) => name)).size >= 60);
    for (const { name, hosts } of TRACKERS) {
      assert.ok(name.length > 0);
      for (const host of hosts) assert.match(host, /^[a-z0-9*-]+(?:\.[a-z0-9*-]+)+$/, name);
    }
  });
});
