import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { isSignInStep, type SignIn, type SignInStep } from '../../common/shapes/session.ts';
import { MINUTE } from '../../common/time.ts';
import { consent } from '../harness/consent.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../harness/engines.ts';
import { STRONG_CLASS, startOidc, type Oidc } from '../harness/oidc.ts';
import { makeVisitor, type Page, type Visitor } from '../harness/web-visitor.ts';
import { PASSWORD, registerUser, type TestUser } from './sample.ts';
import { refusal, startServer, type RunningServer } from './start-server.ts';

const QUESTION = /Link this sign-in|Sign in to the Valija program/;

for (const engine of ENGINES) {
  describe(`single sign-on by OpenID Connect on ${engine}`, { skip: missingEngine(engine) }, () => {
    let database: TestEngine;
    let running: RunningServer;
    let oidc: Oidc;
    let admin: TestUser;
    const begin = (query = ''): string => `${running.url}/session/oidc/uni/begin${query}`;
    const provider = () => ({
      id: 'uni',
      name: 'University',
      issuer: oidc.issuer,
      clientId: oidc.webClient.id,
      clientSecret: oidc.webClient.secret,
      claims: { group: 'groups' },
      makesUsers: true,
      logout: true,
    });
    /** To the provider and back; the client's page carries the ticket. */
    const come = async (name: string, visitor = makeVisitor()): Promise<{ page: Page; ticket: string }> => {
      const page = await consent(begin(), name, { visitor });
      const [path, query] = page.url.hash.split('?');
      return { page, ticket: path === '#/signed-in' ? (new URLSearchParams(query).get('ticket') ?? '') : '' };
    };
    /** By the client in this browser, whose cookies come along. */
    const finish = async (ticket: string, visitor: Visitor): Promise<SignIn> => {
      const answer = await ask(ticket, visitor);
      assert.ok(!isSignInStep(answer));
      return answer;
    };
    const ask = async (ticket: string, visitor: Visitor): Promise<SignIn | SignInStep> => {
      const response = await fetch(`${running.url}/trpc/session.finishOidc`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: running.url,
          cookie: visitor.cookies(running.url),
        },
        body: JSON.stringify({ ticket }),
      });
      const body = (await response.json()) as { result?: { data: SignIn | SignInStep } };
      assert.ok(body.result !== undefined, JSON.stringify(body));
      return body.result.data;
    };
    const enter = async (name: string): Promise<SignIn> => {
      const visitor = makeVisitor();
      const { page, ticket } = await come(name, visitor);
      assert.notEqual(ticket, '', page.text);
      return await finish(ticket, visitor);
    };
    before(async () => {
      database = await startEngine(engine);
      const settings = { allowNetworks: ['127.0.0.0/8', '::1/128'] };
      running = await startServer({ database: database.setting(), settings, webRoot: import.meta.dirname });
      oidc = await startOidc({
        redirectUris: [`${running.url}/session/oidc/callback`],
        claimsOf: (name) => ({
          preferred_username: name,
          name: `${name} of the University`,
          locale: 'es-ES',
          groups: ['Nobody knows', 'Chemistry'],
        }),
        signsInBy: (name) =>
          ({ 'kai.amr': { amr: ['pwd', 'otp'] }, 'kai.acr': { acr: STRONG_CLASS } })[name] ?? {},
      });
      admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
      await admin.client.directory.setOidc.mutate(provider());
    });
    after(async () => {
      await running?.stop();
      await oidc?.stop();
      await database?.stop();
    });

    test('is offered without its secret, and makes a user at the first sign-in, the same at the second', async () => {
      const options = await running.client().session.options.query();
      assert.deepEqual(options.oidc, [{ id: 'uni', name: 'University', logout: true }]);
      const { providers } = await admin.client.directory.listOidc.query();
      assert.equal(providers[0]?.hasSecret, true);
      assert.doesNotMatch(JSON.stringify(providers), /never logged/);

      const visitor = makeVisitor();
      const first = await come('ana', visitor);
      const asked = oidc.asked.at(-1);
      assert.equal(asked?.get('code_challenge_method'), 'S256');
      assert.ok((asked.get('nonce') ?? '').length > 40 && (asked.get('state') ?? '').length > 40);
      const signedIn = await finish(first.ticket, visitor);
      const { name, displayName, language, admin: isAdmin } = signedIn.user;
      assert.deepEqual(
        { name, displayName, language, isAdmin },
        { name: 'ana', displayName: 'ana of the University', language: 'es', isAdmin: false },
      );
      const again = await enter('ana');
      assert.equal(again.user.id, signedIn.user.id);
      const used = await refusal(running.client().session.finishOidc.mutate({ ticket: first.ticket }));
      assert.equal(used.reason, 'oauth-unknown');
    });

    test('takes a ticket only in the browser whose it is, once, and for five minutes', async () => {
      const visitor = makeVisitor();
      const { ticket } = await come('bea', visitor);
      const elsewhere = await refusal(running.client().session.finishOidc.mutate({ ticket }));
      assert.deepEqual([elsewhere.code, elsewhere.reason], ['sign-in-failed', 'oauth-unknown']);
      running.clock.advance(6 * MINUTE);
      await assert.rejects(finish(ticket, visitor), /oauth-unknown/);
    });

    test('refuses an answer in a browser where nothing began, one that is used, and one that is too old', async () => {
      const visitor = makeVisitor();
      const page = await consent(begin(), 'ana', { visitor, until: /name="login"/ });
      const state = oidc.asked.at(-1)?.get('state') ?? '';
      const forged = `${running.url}/session/oidc/callback?state=${state}&code=x`;
      assert.match((await makeVisitor().open(forged)).text, /not known here, or has been used already/);
      const wrong = await visitor.open(`${running.url}/session/oidc/callback?state=other&code=x`);
      assert.match(wrong.text, /not known here/);
      running.clock.advance(16 * MINUTE);
      let late = await visitor.submit(page, { login: 'ana', password: 'x' });
      if (late.text.includes('<form')) late = await visitor.submit(late);
      assert.equal(late.status, 400);
      const refused = await consent(begin(), 'ana', { until: /name="login"/ });
      assert.match(refused.text, /login/);
    });

    test('knows people by issuer and subject: never by a name or an address that is the same', async () => {
      const local = await registerUser(running, 'carla');
      const { page } = await come('carla');
      assert.match(page.text, /belongs to another user here/);
      const back = await admin.client.user.find.query({ users: ['carla'] });
      assert.equal(back.users[0]?.id, local.id);
    });

    test('is linked by a local user who gives the password and says yes, and then lets him in', async () => {
      const dora = await registerUser(running, 'dora');
      const without = await refusal(dora.client.directory.beginLink.mutate({ provider: 'uni' }));
      assert.equal(without.code, 'sign-in-failed');
      const link = { provider: 'uni', password: PASSWORD };
      const { url } = await dora.client.directory.beginLink.mutate(link);
      const visitor = makeVisitor();
      const asked = await consent(url, 'dora.uni', { visitor, until: QUESTION });
      assert.match(asked.text, /will then enter Valija as the user dora/);
      assert.equal((await dora.client.directory.links.query()).links.length, 0, 'not before the yes');
      assert.match((await visitor.submit(asked)).text, /Your sign-in is linked/);
      assert.equal((await enter('dora.uni')).user.id, dora.id);
      const { links } = await dora.client.directory.links.query();
      assert.deepEqual(
        links.map(({ provider: id, name, label }) => ({ id, name, label })),
        [{ id: 'uni', name: 'University', label: 'dora.uni@uni.test' }],
      );
      // Somebody else cannot take it, and a guess at the yes is none.
      const eva = await registerUser(running, 'eva');
      const other = await eva.client.directory.beginLink.mutate(link);
      const stranger = makeVisitor();
      const question = await consent(other.url, 'dora.uni', { visitor: stranger, until: QUESTION });
      const guessed = new URL(question.url);
      guessed.searchParams.set('confirmation', 'x'.repeat(43));
      assert.match((await stranger.open(guessed.href)).text, QUESTION);
      assert.match((await stranger.submit(question)).text, /belongs to another user here/);
      await dora.client.directory.removeLink.mutate({ id: links[0]?.id ?? '' });
      const gone = await refusal(eva.client.directory.removeLink.mutate({ id: links[0]?.id ?? '' }));
      assert.equal(gone.code, 'not-found');
    });

    test('lets a program in that waits, after the person has seen its number', async () => {
      const secret = randomBytes(32).toString('base64url');
      const hash = createHash('sha256')
        .update(JSON.stringify(['program', secret]))
        .digest('base64url');
      const waiting = running.client().session.waitOidc.query({ ticket: secret });
      const visitor = makeVisitor();
      const asked = await consent(begin(`?for=${hash}`), 'fay', { visitor, until: QUESTION });
      const number = createHash('sha256').update(`shown ${hash}`).digest().readUInt32BE(0) % 10_000;
      assert.match(asked.text, new RegExp(`number ${String(number).padStart(4, '0')} `));
      const early = await refusal(running.client().session.finishOidc.mutate({ ticket: secret }));
      assert.equal(early.reason, 'oauth-unknown');
      assert.match((await visitor.submit(asked)).text, /go back to Valija/);
      assert.deepEqual(await waiting, { state: 'done' });
      // Passed on in an address it would sign a stranger in as fay.
      const lured = { ticket: secret, fromAddress: true };
      assert.equal(
        (await refusal(running.client().session.finishOidc.mutate(lured))).reason,
        'oauth-unknown',
      );
      const signedIn = await running.client().session.finishOidc.mutate({ ticket: secret });
      assert.ok(!isSignInStep(signedIn) && signedIn.user.name === 'fay');
    });

    test('is told of where it was linked, and ends with a reset that takes the other ways in away', async () => {
      const ida = await registerUser(running, 'ida');
      const { url } = await ida.client.directory.beginLink.mutate({ provider: 'uni', password: PASSWORD });
      const visitor = makeVisitor();
      await visitor.submit(await consent(url, 'ida.uni', { visitor, until: QUESTION }));
      assert.equal((await enter('ida.uni')).user.id, ida.id);
      const { notes } = await ida.client.session.securityNotes.query();
      assert.ok(notes.some(({ what, name }) => what === 'sign-in-linked' && name === 'University'));
      const wish = { id: ida.id, how: 'hand', alsoFactors: true } as const;
      const { code } = await admin.client.user.reset.mutate(wish);
      const given = { name: 'ida', code: code ?? '', newPassword: 'quite another horse battery' };
      await running.client().session.redeem.mutate(given);
      assert.notEqual((await enter('ida.uni')).user.id, ida.id);
    });

    test('brings people into another group, which gives them what it has at once', async () => {
      await enter('jan');
      const { group } = await admin.client.group.add.mutate({ name: 'Chemistry' });
      const value = { name: 'Lab', subject: '', html: null, text: 'Dear lab' };
      const item = { part: 'templates', id: null, base: null, value, locked: null } as const;
      await admin.client.layer.change.mutate({ of: group.id, ...item });
      const { tokens } = await enter('jan');
      const { items } = await running.client(tokens.profile).profile.read.query({ parts: ['templates'] });
      assert.equal(items.length, 1);
      const found = await admin.client.user.list.query({ query: 'jan university' });
      assert.deepEqual(
        found.users.map(({ name }) => name),
        ['jan'],
        'by what the provider tells',
      );
      await admin.client.group.remove.mutate({ id: group.id });
    });

    test('keeps out who is disabled, who is not demanded, and strangers where no users are made', async () => {
      const { user } = await enter('gil');
      await admin.client.user.disable.mutate({ id: user.id });
      assert.match((await come('gil')).page.text, /This user may not sign in/);
      await admin.client.user.enable.mutate({ id: user.id });
      const physics = { ...provider(), demand: { claim: 'groups', value: 'Physics' } };
      await admin.client.directory.setOidc.mutate(physics);
      assert.match((await come('gil')).page.text, /does not count you among those/);
      const chemistry = { ...physics, demand: { claim: 'groups', value: 'Chemistry' }, makesUsers: false };
      await admin.client.directory.setOidc.mutate(chemistry);
      assert.match((await come('hans')).page.text, /is not a user here yet/);
      assert.equal((await enter('gil')).user.id, user.id);
      await admin.client.directory.setOidc.mutate(provider());
    });

    test('who was asked for a second factor there needs none of ours, others set one up', async () => {
      const { revision } = await admin.client.policy.get.query({ of: 'organisation' });
      const demand = async (secondFactor: 'required' | 'optional', base: number) =>
        await admin.client.policy.set.mutate({ of: 'organisation', base, settings: { secondFactor } });
      await demand('required', revision);
      const visitor = makeVisitor();
      const plain = await ask((await come('kai.plain', visitor)).ticket, visitor);
      assert.equal('step' in plain && plain.step, 'set-up-factor');
      for (const name of ['kai.amr', 'kai.acr']) {
        const { refreshToken } = await enter(name);
        // And goes on: the demand holds for each refresh too.
        await running.client().session.refresh.mutate({ refreshToken: refreshToken ?? '' });
      }
      await demand('optional', revision + 1);
    });

    test('says what is wrong: a refusal there, a wrong secret, a provider that is silent', async () => {
      const visitor = makeVisitor();
      const login = await visitor.open(begin());
      const abort = /href="([^"]*\/abort)"/.exec(login.text)?.[1] ?? '';
      const denied = await visitor.open(new URL(abort, login.url).href);
      assert.match(denied.text, /refused at the provider/);
      await admin.client.directory.setOidc.mutate({ ...provider(), clientSecret: 'wrong' });
      assert.match((await come('ana')).page.text, /does not accept the way Valija is registered/);
      await admin.client.directory.setOidc.mutate({ ...provider(), issuer: 'http://localhost:9' });
      const silent = await makeVisitor().open(begin());
      assert.match(silent.text, /University does not answer at the moment/);
      // A secret that is not typed again goes to no other issuer.
      const { clientSecret: _secret, ...rest } = provider();
      const moved = await admin.client.directory.setOidc.mutate(rest);
      assert.equal(moved.hasSecret, false);
      await admin.client.directory.setOidc.mutate(provider());
      const kept = await admin.client.directory.setOidc.mutate(rest);
      assert.equal(kept.hasSecret, true);
    });

    test('brings back how the session is to be kept and where the computer stands, and nothing else', async () => {
      const visitor = makeVisitor();
      const asked = begin('?keep=lab&lab=&room=B2&pc=07&evil=%23x');
      const { url } = await consent(asked, 'ana', { visitor });
      assert.equal(url.search, '?lab=&room=B2&pc=07');
      assert.match(url.hash, /^#\/signed-in\?ticket=[\w-]{43}&keep=lab$/);
    });

    test('leads out at the provider too', async () => {
      const page = await fetch(`${running.url}/session/oidc/uni/logout`, { redirect: 'manual' });
      const to = new URL(page.headers.get('location') ?? '');
      assert.equal(to.origin, oidc.issuer);
      assert.equal(to.searchParams.get('post_logout_redirect_uri'), `${running.url}/`);
    });
  });
}
