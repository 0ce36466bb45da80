import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { escapeDnValue, escapeFilterValue } from '../../profile-server/directory/ldap/ldap-escape.ts';
import { judgeBind, makeLdapFacts } from '../../profile-server/directory/ldap/ldap-rule.ts';
import { isSignInStep, type SignIn } from '../../common/shapes/session.ts';
import { makeAuthority } from '../harness/certificate.ts';
import { missingComponent } from '../harness/component.ts';
import { startSlapd, type Slapd } from '../harness/slapd.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { codeOf as codeOfApp } from './second-factor/factor-rig.ts';
import { codeOf, registerUser, type TestUser } from './sample.ts';
import { refusal, startServer, type RunningServer } from './start-server.ts';

const PASSWORD = 'the password of the directory';

describe('sign-in by LDAP', { skip: missingComponent('slapd', 'openssl') }, () => {
  let running: RunningServer;
  let slapd: Slapd;
  let admin: TestUser;
  const temp = makeTempDir('ldap-authority');
  const signIn = async (name: string, password = PASSWORD): Promise<SignIn> => {
    const answer = await running.client().session.signIn.mutate({ name, password });
    assert.ok(!isSignInStep(answer));
    return answer;
  };
  const why = async (name: string, password = PASSWORD): Promise<string> => {
    const error = await refusal(running.client().session.signIn.mutate({ name, password }));
    return `${error.code}/${error.reason}`;
  };
  const bySearch = () => ({
    servers: [slapd.url],
    bindDn: slapd.reader.dn,
    bindPassword: slapd.reader.password,
    search: { base: `ou=people,${slapd.base}`, filter: '(uid={name})' },
    attributes: { group: 'departmentNumber' },
  });
  before(async () => {
    const authority = makeAuthority(temp.path);
    authority.trust();
    const group = ['departmentNumber: Nobody', 'departmentNumber: Chemistry', 'preferredLanguage: es'];
    const people = ['ana', 'bea', 'carla', 'dora', 'local', 'x,y+z', 'Dr. (Who)'].map((uid) => ({
      uid,
      password: PASSWORD,
      more: group,
    }));
    slapd = await startSlapd(people, authority.issue(['localhost']));
    running = await startServer({ settings: { allowNetworks: ['127.0.0.0/8', '::1/128'] } });
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    await registerUser(running, 'local');
    await admin.client.directory.setLdap.mutate(bySearch());
  });
  after(async () => {
    await running?.stop();
    await slapd?.stop();
    temp.remove();
  });

  test('who is found and whose password is right becomes a user, the same at the next time', async () => {
    const { directory } = await admin.client.directory.readLdap.query();
    assert.equal(directory?.hasPassword, true);
    assert.doesNotMatch(JSON.stringify(directory), /reader of the directory/);
    assert.equal((await running.client().session.options.query()).ldap, true);
    const first = await signIn('ana');
    const { name, displayName, language, admin: isAdmin } = first.user;
    assert.deepEqual(
      { name, displayName, language, isAdmin },
      { name: 'ana', displayName: 'ana of the University', language: 'es', isAdmin: false },
    );
    assert.equal((await signIn('ANA')).user.id, first.user.id);
  });

  test('unknown names and wrong passwords are refused alike, and an empty one never asks', async () => {
    assert.equal(await why('nobody'), 'sign-in-failed/null');
    assert.equal(await why('bea', 'wrong'), 'sign-in-failed/null');
    // A directory takes an empty password for an anonymous bind and says yes (RFC 4513 5.1.2).
    assert.equal(await why('bea', ''), 'sign-in-failed/null');
    assert.equal(await why('*'), 'sign-in-failed/null');
    assert.equal(await why('carla)(uid=*'), 'sign-in-failed/null');
    const found = await admin.client.user.find.query({ users: ['bea', 'carla'] });
    assert.deepEqual(found.users, [], 'nobody was made by a wrong password');
  });

  test('a local user of the same name keeps the name, and his password is not shown to the directory', async () => {
    assert.equal(await why('local'), 'sign-in-failed/null');
    await signIn('local', 'correct horse battery');
  });

  test('a name that the directory gives to another person does not give that person the user', async () => {
    const { user } = await signIn('carla');
    slapd.modify(`dn: uid=carla,ou=people,${slapd.base}\nchangetype: delete\n`);
    assert.equal(await why('carla'), 'sign-in-failed/null');
    slapd.modify(
      `dn: uid=carla,ou=people,${slapd.base}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: carla\ncn: Another Carla\nsn: C\nuserPassword: ${PASSWORD}\n`,
    );
    assert.equal(await why('carla'), 'name-taken/directory-name-taken');
    // And who gets another name there stays who he is.
    const { user: ana } = await signIn('ana');
    const modify = 'changetype: modrdn\nnewrdn: uid=ana.maria\ndeleteoldrdn: 1\n';
    slapd.modify(`dn: uid=ana,ou=people,${slapd.base}\n${modify}`);
    assert.equal((await signIn('ana.maria')).user.id, ana.id);
    assert.notEqual(user.id, ana.id);
  });

  test('who is disabled here stays out, whatever the directory says', async () => {
    const { user } = await signIn('bea');
    await admin.client.user.disable.mutate({ id: user.id });
    assert.match(await why('bea'), /^sign-in-failed\//);
    await admin.client.user.enable.mutate({ id: user.id });
    await signIn('bea');
  });

  test('by a template of names too, in which typed signs add nothing', async () => {
    const userDn = `uid={name},ou=people,${slapd.base}`;
    await admin.client.directory.setLdap.mutate({ servers: [slapd.url], userDn });
    await signIn('bea');
    const odd = await refusal(running.client().session.signIn.mutate({ name: 'x,y+z', password: PASSWORD }));
    // Found and proven there; only that such a name is no user's name here.
    assert.deepEqual([odd.code, odd.reason], ['invalid', 'user-name-characters']);
    assert.equal(await why(`bea,ou=people,${slapd.base}`), 'sign-in-failed/null');
    await admin.client.directory.setLdap.mutate(bySearch());
    assert.match(await why('Dr. (Who)'), /^invalid\//);
  });

  test('under TLS, by STARTTLS and from the first byte, and not with a certificate of another name', async () => {
    const localhost = `ldap://localhost:${slapd.port}`;
    await admin.client.directory.setLdap.mutate({ ...bySearch(), servers: [localhost], startTls: true });
    await signIn('bea');
    await admin.client.directory.setLdap.mutate({ ...bySearch(), servers: [slapd.secureUrl ?? ''] });
    await signIn('bea');
    const byAddress = slapd.secureUrl?.replace('localhost', '127.0.0.1') ?? '';
    await admin.client.directory.setLdap.mutate({ ...bySearch(), servers: [byAddress] });
    assert.equal(await why('bea'), 'unavailable/ldap-silent');
    await admin.client.directory.setLdap.mutate({ ...bySearch(), startTls: true });
    assert.equal(await why('bea'), 'unavailable/ldap-silent');
    // The second server is asked when the first does not answer.
    const servers = ['ldap://127.0.0.1:9', slapd.url];
    await admin.client.directory.setLdap.mutate({ ...bySearch(), servers });
    await signIn('bea');
  });

  test('a second factor that a policy demands is one of ours', async () => {
    const demand = async (secondFactor: 'required' | 'optional'): Promise<void> => {
      const { revision } = await admin.client.policy.get.query({ of: 'organisation' });
      await admin.client.policy.set.mutate({
        of: 'organisation',
        base: revision,
        settings: { secondFactor },
      });
    };
    const before = await signIn('dora');
    await demand('required');
    const open = running.client();
    const refreshToken = before.refreshToken ?? '';
    assert.equal((await refusal(open.session.refresh.mutate({ refreshToken }))).reason, 'session-ended');
    const asked = await open.session.signIn.mutate({ name: 'dora', password: PASSWORD });
    assert.ok(isSignInStep(asked) && asked.step === 'set-up-factor');
    const { ticket, totp } = asked;
    const first = await open.session.answer.mutate({ ticket, totp: codeOfApp(running, totp.secret) });
    assert.ok(!isSignInStep(first));
    assert.equal(first.recovery?.length, 10);
    await open.session.refresh.mutate({ refreshToken: first.refreshToken ?? '' });
    const own = running.client(first.tokens.profile);
    const proof = { password: PASSWORD };
    assert.equal((await refusal(own.factor.removeTotp.mutate({ proof }))).reason, 'factor-required');
    const again = await open.session.signIn.mutate({ name: 'dora', password: PASSWORD });
    assert.ok(isSignInStep(again) && again.step === 'second-factor');
    await demand('optional');
  });

  test('a directory that does not answer is said to be that, and local users get in', async () => {
    await admin.client.directory.setLdap.mutate({ ...bySearch(), bindPassword: 'wrong' });
    assert.equal(await why('bea'), 'unavailable/ldap-bind');
    await admin.client.directory.setLdap.mutate(bySearch());
    await slapd.kill();
    assert.equal(await why('bea'), 'unavailable/ldap-silent');
    await signIn('local', 'correct horse battery');
    await slapd.start();
    await signIn('bea');
  });

  test('wrong passwords are counted as ours are', async () => {
    const codes = [];
    for (let count = 0; count < 6; count++) codes.push((await why('bea', 'wrong')).split('/')[0]);
    assert.equal(codes.at(-1), 'too-many-tries');
    await signIn('bea');
  });
});

test('typed names are only names in a filter and in a distinguished name', () => {
  const filters: [string, string][] = [
    ['ana', 'ana'],
    ['*', '\\2a'],
    ['a)(uid=*', 'a\\29\\28uid=\\2a'],
    ['back\\slash', 'back\\5cslash'],
    ['nul\0', 'nul\\00'],
    ['ñandú', 'ñandú'],
  ];
  for (const [typed, escaped] of filters) assert.equal(escapeFilterValue(typed), escaped, typed);
  const names: [string, string][] = [
    ['ana', 'ana'],
    ['a,ou=admins', 'a\\,ou\\=admins'],
    ['a+b', 'a\\+b'],
    [' lead', '\\ lead'],
    ['trail ', 'trail\\ '],
    [' ', '\\ '],
    ['#hash', '\\#hash'],
    ['q"<>;\\', 'q\\"\\<\\>\\;\\\\'],
    ['nul\0', 'nul\\00'],
  ];
  for (const [typed, escaped] of names) assert.equal(escapeDnValue(typed), escaped, typed);
});

test('what an admin may set', () => {
  const search = { base: 'dc=uni', filter: '(uid={name})' };
  const cases: [Parameters<typeof makeLdapFacts>[0], string][] = [
    [{ servers: ['ldap://127.0.0.1'], search }, 'none'],
    [{ servers: ['ldaps://ldap.uni.test'], search }, 'none'],
    [{ servers: ['ldap://ldap.uni.test'], search }, 'invalid/ldap-plain'],
    [{ servers: ['ldap://ldap.uni.test'], search, startTls: true }, 'none'],
    [{ servers: ['ldap://ldap.uni.test'], search, allowsPlain: true }, 'none'],
    [{ servers: ['ldaps://a'], search, userDn: 'uid={name}' }, 'invalid/ldap-one-way'],
    [{ servers: ['ldaps://a'] }, 'invalid/ldap-one-way'],
    [{ servers: ['ldaps://a'], userDn: 'uid=ana' }, 'invalid/ldap-template'],
    [{ servers: ['ldaps://a'], search: { base: 'dc=uni', filter: '(uid=ana)' } }, 'invalid/ldap-template'],
  ];
  for (const [input, code] of cases) {
    assert.equal(
      codeOf(() => makeLdapFacts(input)),
      code,
      JSON.stringify(input),
    );
  }
  assert.deepEqual(
    [49, 32, 53, 51, 52, 10, 80].map(judgeBind).join(' '),
    'wrong wrong wrong silent silent silent silent',
  );
});
