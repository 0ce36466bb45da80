import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { ProfileLink, SenderAuthorisation } from '../../../smtp-relay/profile-link.ts';
import { makeSenders, type Senders } from '../../../smtp-relay/submission/sign-in/authorise.ts';

const ANA = { user: 'user_ana', part: 'storage_a', appPassword: null };
const YES = { allowed: true, reason: null, home: 'storage_a' } as SenderAuthorisation;
const NO = { allowed: false, reason: 'not-your-address', home: 'storage_a' } as SenderAuthorisation;

describe('makeSenders', () => {
  let now = 1000;
  let asked: string[] = [];
  let say: () => Promise<SenderAuthorisation>;
  let senders: Senders;
  beforeEach(() => {
    asked = [];
    say = async () => YES;
    const authoriseSender: ProfileLink['authoriseSender'] = async (user, address) => {
      asked.push(`${user} ${address}`);
      return await say();
    };
    senders = makeSenders({ profile: { authoriseSender }, clock: { now: () => now } });
  });

  test('asks once a second for each user and address, those who ask together too', async () => {
    await Promise.all(Array.from({ length: 5 }, async () => await senders.authorise(ANA, 'ana@X.test')));
    now += 999;
    await senders.authorise(ANA, 'ana@x.test');
    assert.deepEqual(asked, ['user_ana ana@X.test']);
    await senders.authorise(ANA, 'Ana@x.test');
    await senders.authorise({ ...ANA, user: 'user_bea' }, 'ana@x.test');
    assert.equal(asked.length, 3, 'another local part and another user are others');
    now += 1;
    await senders.authorise(ANA, 'ana@x.test');
    assert.equal(asked.length, 4);
    now -= 5000;
    await senders.authorise(ANA, 'ana@x.test');
    assert.equal(asked.length, 5, 'a clock that was put back makes nothing last');
  });

  test('a no, and a failure, hold for that one question only', async () => {
    say = async () => NO;
    await assert.rejects(senders.authorise(ANA, 'a@x.test'), {
      responseCode: 550,
      message: /not-your-address/,
    });
    say = async () => {
      throw new MailError('unavailable', 'away');
    };
    await assert.rejects(senders.authorise(ANA, 'a@x.test'), { code: 'unavailable' });
    say = async () => YES;
    await senders.authorise(ANA, 'a@x.test');
    assert.equal(asked.length, 3);
  });

  test('what is known of a user is forgotten when he is disabled, of others not', async () => {
    const bea = { ...ANA, user: 'user_bea' };
    await senders.authorise(ANA, 'a@x.test');
    await senders.authorise(bea, 'b@x.test');
    senders.forget('user_ana');
    await senders.authorise(ANA, 'a@x.test');
    await senders.authorise(bea, 'b@x.test');
    assert.deepEqual(asked, ['user_ana a@x.test', 'user_bea b@x.test', 'user_ana a@x.test']);
  });

  test('only the home of a user sends for him, also by an answer that another got', async () => {
    await senders.authorise(ANA, 'a@x.test');
    const stranger = { ...ANA, part: 'storage_b' };
    await assert.rejects(senders.authorise(stranger, 'a@x.test'), {
      responseCode: 550,
      message: /not the home/,
    });
  });
});
