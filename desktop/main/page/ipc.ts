import { app, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import * as z from 'zod/mini';
import { ID_PATTERN } from '../../../common/ids.ts';
import { CHANNELS } from '../../native-api/channels.ts';
import type { NativeAnnouncement, NativeStart } from '../../native-api/native-api.ts';
import { APP_ORIGIN } from './app-origin.ts';
import { parseServer } from '../server/server-address.ts';
import type { Servers } from '../server/servers.ts';
import type { TokenFile } from '../settings/token-file.ts';

const sessionToKeep = z.strictObject({
  server: z.string().check(z.maxLength(300)),
  refreshToken: z.nullable(z.string().check(z.minLength(1), z.maxLength(4096))),
});
const announcement = z.strictObject({
  unread: z.int().check(z.gte(0), z.lte(10_000_000)),
  notice: z.nullable(
    z.strictObject({
      title: z.string().check(z.maxLength(100_000)),
      body: z.string().check(z.maxLength(100_000)),
      mail: z.nullable(z.string().check(z.regex(ID_PATTERN))),
      account: z.optional(
        z.nullable(
          z.strictObject({
            id: z.string().check(z.regex(ID_PATTERN)),
            name: z.string().check(z.maxLength(1000)),
          }),
        ),
      ),
    }),
  ),
});

export interface IpcContext {
  contents(): WebContents | null;
  servers: Servers;
  tokens: TokenFile;
  lab: boolean;
  /** Which computer this is, where a policy says it. */
  room: string | null;
  pc: string | null;
  listen(isListening: boolean): void;
  announce(state: NativeAnnouncement): void;
  clear(): Promise<boolean>;
}

/** Answers the five functions of the page. Whoever else asks, and whatever is not as agreed, is refused. */
export function answerPage(context: IpcContext): void {
  const { servers, tokens } = context;
  const demandPage = (event: IpcMainInvokeEvent | IpcMainEvent): void => {
    if (!isPage(event, context.contents())) throw new Error('refused: not the page');
  };
  ipcMain.handle(CHANNELS.start, async (event): Promise<NativeStart> => {
    demandPage(event);
    return {
      server: servers.server,
      serverLocked: servers.isLocked,
      lab: context.lab,
      room: context.room,
      pc: context.pc,
      canRemember: await tokens.isSafe(),
      refreshToken: await tokens.read(servers.server),
      version: app.getVersion(),
    };
  });
  ipcMain.handle(CHANNELS.keepSession, async (event, value: unknown) => {
    demandPage(event);
    const { server, refreshToken } = sessionToKeep.parse(value);
    const address = parseServer(server);
    if (address === null) throw new Error('refused: not the address of a server');
    const isNew = address !== servers.server;
    if (!servers.choose(address)) throw new Error('refused: a policy names the server');
    // The next load of the page names the servers behind the new address.
    if (isNew) await servers.refresh();
    if (refreshToken !== null) return { kept: await tokens.keep(address, refreshToken) };
    tokens.forget();
    return { kept: false };
  });
  ipcMain.handle(CHANNELS.clearSession, async (event) => {
    demandPage(event);
    return { clean: await context.clear() };
  });
  ipcMain.handle(CHANNELS.announce, (event, value: unknown) => {
    demandPage(event);
    context.announce(announcement.parse(value));
  });
  ipcMain.on(CHANNELS.listen, (event, value: unknown) => {
    if (isPage(event, context.contents()) && typeof value === 'boolean') context.listen(value);
  });
}

/** Whether a message comes from the page itself, not from a frame in it and not from another origin. */
function isPage(event: IpcMainInvokeEvent | IpcMainEvent, contents: WebContents | null): boolean {
  const frame = event.senderFrame;
  if (frame === null || contents === null || event.sender !== contents) return false;
  return frame.parent === null && frame.origin === APP_ORIGIN;
}
