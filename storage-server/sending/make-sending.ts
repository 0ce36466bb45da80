import { MailError } from '../../common/errors.ts';
import type { SendStatus } from '../../common/shapes/status.ts';
import { cancelSend } from './waiting/cancel-send.ts';
import { changeSendTime } from './waiting/change-time.ts';
import { listWaiting } from './waiting/list-waiting.ts';
import { demandStatus, readSendStatus } from './status/read-status.ts';
import { sendDraft } from './send-draft.ts';
import { sendRaw } from './send-raw.ts';
import { findSendByClientKey } from './send-store.ts';
import type { SendingCore } from './sending-core.ts';
import type { Sending } from './sending.ts';

/** Calls for one mail, and calls with one key, come one after the other: the second finds what the first did. */
export function makeSending(core: SendingCore): Sending {
  const { lock } = core.desk;
  return {
    send: async (user, input) =>
      await withKey(
        core,
        user,
        input.key,
        async () => await lock.run(`${user}/${input.draft}`, async () => await sendDraft(core, user, input)),
      ),
    sendRaw: async (user, input) =>
      await withKey(core, user, input.key, async () => await sendRaw(core, user, input)),
    readStatus: async (user, mail) => {
      const status = await readSendStatus(core, user, mail);
      if (status === null) throw new MailError('not-found', 'not sent from here', { reason: 'send' });
      return status;
    },
    cancel: async (user, mail) =>
      await lock.run(`${user}/${mail}`, async () => await cancelSend(core, user, mail)),
    listWaiting: async (user) => await listWaiting(core, user),
    changeTime: async (user, mail, at) =>
      await lock.run(`${user}/${mail}`, async () => await changeSendTime(core, user, mail, at)),
  };
}

/** The same key gets what the first call with it got. */
async function withKey(
  core: SendingCore,
  user: string,
  key: string | null,
  work: () => Promise<SendStatus>,
): Promise<SendStatus> {
  if (key === null) return await work();
  return await core.desk.lock.run(`${user} key ${key}`, async () => {
    const known = await findSendByClientKey(core.db.read, user, key);
    return known === null ? await work() : await demandStatus(core, user, known.mail);
  });
}
