import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as list from '../../command/account/list.ts';
import * as show from '../../command/account/show.ts';
import * as timeline from '../../command/account/timeline.ts';
import type { Call, Run, Typed } from '../../command/call.ts';
import { connect, type Connection } from '../../command/server/connection.ts';
import { WORDS } from '../../command/words/words.ts';
import { describeError } from '../../common/error-texts/describe.ts';
import type { ErrorCode } from '../../common/errors.ts';
import type { AccountProblem } from '../../common/shapes/account.ts';
import { LANGUAGES, type Language } from '../../common/shapes/profile.ts';
import { listProblems } from '../harness/failures.ts';
import { runValija } from '../harness/system.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from '../profile-server/sample.ts';
import { startServer, type EnrolledPart, type RunningServer } from '../profile-server/start-server.ts';
import * as gained from './contract-accounts.ts';
import * as contract from './contract.ts';

/** They put the next poll off and are no failure of the account: only its timeline tells of them. */
const NO_FAULT: readonly string[] = ['in-use', 'login-delay', 'too-soon'];

/** A user may have no more accounts than 100. */
const ACCOUNTS_EACH = 100;

/** What the table says of a problem, as the contract shows it. */
function describeAsShown(problem: AccountProblem, language: Language) {
  const { message, action } = describeError(problem, language);
  return { code: problem.code, message, action, serverLine: problem.serverLine };
}

describe('what the command line prints of a failure is what the table says', () => {
  const problems = listProblems();
  let running: RunningServer;
  const people: { user: TestUser; connection: Connection }[] = [];
  let home: EnrolledPart;
  /** Account by the index of its problem. */
  const accounts: string[] = [];
  const ownerOf = (index: number) => people[Math.floor(index / ACCOUNTS_EACH)]!;
  /** What a command prints with --json: in this process, since there are hundreds of them. */
  const print = async (
    { run }: { run: Run },
    language: Language,
    connection: Connection,
    id?: string,
  ): Promise<unknown> => {
    const typed = { ...NOTHING, words: id === undefined ? [] : [id] };
    const outcome = await run(makeCall(language, typed, async () => connection));
    return JSON.parse(JSON.stringify(outcome?.value)) as unknown;
  };

  before(async () => {
    running = await startServer();
    home = await running.enrol('storage-server');
    await home.client.part.announce.mutate({ url: 'http://localhost:2', submission: null });
    for (let first = 0; first < problems.length; first += ACCOUNTS_EACH) {
      const name = `ana-${people.length}`;
      const user = await registerUser(running, name);
      const env = { VALIJA_SERVER: running.url, VALIJA_USER: name, VALIJA_PASSWORD: PASSWORD };
      const connection = await connect({
        ...makeCall('en', NOTHING, async () => await Promise.reject(new Error())),
        env,
      });
      people.push({ user, connection });
    }
    for (const [index, problem] of problems.entries()) accounts.push(await fail(index, problem));
  });
  after(async () => {
    for (const { connection } of people) await connection.end();
    await running.stop();
  });

  async function fail(index: number, problem: AccountProblem): Promise<string> {
    const pop3 = { ...sampleSettings().pop3, user: `user-${index}` };
    const settings = sampleSettings({ email: `ana-${index}@example.org`, pop3 });
    const { user } = ownerOf(index);
    const { id } = await user.client.account.add.mutate({ settings, secrets: { pop3Password: 'secret' } });
    const { leases } = await home.client.schedule.take.mutate({
      user: user.id,
      accounts: [id],
      purpose: 'check',
    });
    const { code, message, serverLine, reason = null, params = {} } = problem;
    const error = {
      code: code as ErrorCode,
      message,
      serverLine,
      reason,
      params,
      field: null,
      retryAfter: null,
    };
    const lease = leases[0]?.id ?? '';
    assert.deepEqual(await home.client.schedule.report.mutate({ lease, result: { ok: false, error } }), {
      lost: false,
    });
    return id;
  }

  for (const language of LANGUAGES) {
    test(`account list, show and timeline, ${language}`, async () => {
      const byId = new Map<string, unknown>();
      for (const { connection } of people) {
        const listed = contract.accountList.parse(await print(list, language, connection));
        for (const account of listed.accounts) byId.set(account.id, account.error);
      }
      for (const [index, problem] of problems.entries()) {
        const id = accounts[index]!;
        const { connection } = ownerOf(index);
        const expected = describeAsShown(problem, language);
        const beside = NO_FAULT.includes(problem.code) ? null : expected;
        assert.deepEqual(byId.get(id), beside);
        assert.deepEqual(contract.account.parse(await print(show, language, connection, id)).error, beside);
        const { entries } = gained.timeline.parse(await print(timeline, language, connection, id));
        assert.deepEqual(entries[0]?.error, expected);
      }
    });
  }

  test('account show as its own process', async () => {
    const index = problems.findIndex(({ reason }) => reason === 'certificate-expired');
    const target = { ready: { profile: running.url } as never, dataDir: running.dataDir };
    const as = { user: ownerOf(index).user.name, password: PASSWORD, env: { VALIJA_LANGUAGE: 'es' } };
    const shown = await runValija(target, ['account', 'show', accounts[index]!], as);
    assert.deepEqual(contract.account.parse(shown.json).error, describeAsShown(problems[index]!, 'es'));
  });
});

const NOTHING: Typed = { words: [], text: () => undefined, texts: () => [], has: () => false };

function makeCall(language: Language, typed: Typed, connectTo: () => Promise<Connection>): Call {
  return {
    typed,
    env: {},
    json: true,
    language: () => language,
    words: () => WORDS[language],
    setUserLanguage: () => undefined,
    connect: connectTo,
    note: () => undefined,
  };
}
