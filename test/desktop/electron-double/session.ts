import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import type { Protocol, Session } from 'electron';
import { findChromium } from '../../harness/chromium.ts';
import { PAGE_ORIGIN } from './addresses.ts';
import { demandKnown, model, NotModelled } from './modelled.ts';
import { startProxy, type Proxy, type SchemeHandler } from './proxy.ts';

const SWITCHES = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface SessionDouble {
  session: Session & { emit(event: string, ...args: unknown[]): boolean };
  /** Opens Chromium with a profile of its own in sessionData. */
  open(): Promise<BrowserContext>;
  facts: SessionFacts;
  /** Tells of a window that the page wanted: main refused it, Chromium opens it all the same until it is closed. */
  notePopup(url: string): void;
  close(): Promise<void>;
}

/** What main set and did, for tests to look at. */
export interface SessionFacts {
  partition: string;
  options: { cache?: boolean };
  /** In order: the clearing calls that main made. */
  cleared: string[];
  spellChecker: { enabled: boolean; url: string | null; languages: string[] | null; learnt: string[] };
  /** Addresses beyond this machine that were asked for, without the popups that Chromium began before they were closed. */
  readonly calledOut: string[];
  askPermission: Parameters<Session['setPermissionRequestHandler']>[0];
  checkPermission: Parameters<Session['setPermissionCheckHandler']>[0];
  checkDevice: Parameters<Session['setDevicePermissionHandler']>[0];
}

/** A partition: a browser context of its own. `failing` names clearing calls that fail. */
export function openSession(options: {
  partition: string;
  options: { cache?: boolean };
  sessionData: () => string;
  privileged: () => ReadonlySet<string>;
  failing: ReadonlySet<string>;
}): SessionDouble {
  demandKnown('session', options.options, ['cache']);
  const emitter = new EventEmitter();
  let handler: SchemeHandler | null = null;
  let proxy: Proxy | null = null;
  const popups = new Set<string>();
  let opened: Promise<BrowserContext> | null = null;
  const facts: SessionFacts = {
    partition: options.partition,
    options: options.options,
    cleared: [],
    spellChecker: { enabled: true, url: null, languages: null, learnt: [] },
    get calledOut() {
      return (proxy?.calledOut ?? []).filter((url) => !popups.has(new URL(url).host.replace(/:443$/, '')));
    },
    askPermission: null,
    checkPermission: null,
    checkDevice: null,
  };
  const open = async (): Promise<BrowserContext> => {
    proxy = await startProxy(() => handler);
    const folder = options.partition.startsWith('persist:')
      ? join(options.sessionData(), 'Partitions', options.partition.slice('persist:'.length))
      : // Even a partition in memory leaves files there: that is what lab mode is about.
        join(options.sessionData(), 'Memory');
    return await chromium.launchPersistentContext(folder, {
      executablePath: findChromium(),
      args: SWITCHES,
      proxy: { server: proxy.url },
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
      // Each frame of a movement is drawn by the processor here.
      reducedMotion: 'reduce',
    });
  };
  const clearing =
    (name: string, work: () => Promise<unknown> = async () => undefined) =>
    async () => {
      facts.cleared.push(name);
      if (options.failing.has(name)) throw new Error(`${name} failed`);
      await work();
    };
  const clearStorage = async (): Promise<void> => {
    const context = await (opened ?? Promise.reject(new Error('no page yet')));
    await context.clearCookies();
    const [page] = context.pages();
    if (page === undefined) return;
    const cdp = await context.newCDPSession(page);
    await cdp.send('Storage.clearDataForOrigin', { origin: PAGE_ORIGIN, storageTypes: 'all' });
    await cdp.send('Network.clearBrowserCache');
    await cdp.detach();
  };
  const session = model<Session>(
    'session',
    {
      protocol: model<Protocol>('session.protocol', {
        handle: (scheme: string, handle: SchemeHandler) => {
          if (!options.privileged().has(scheme))
            throw new NotModelled(`a scheme that is not privileged: ${scheme}`);
          handler = handle;
        },
      }),
      setPermissionRequestHandler: (ask: SessionFacts['askPermission']) => (facts.askPermission = ask),
      setPermissionCheckHandler: (check: SessionFacts['checkPermission']) => (facts.checkPermission = check),
      setDevicePermissionHandler: (check: SessionFacts['checkDevice']) => (facts.checkDevice = check),
      setSpellCheckerEnabled: (enabled: boolean) => (facts.spellChecker.enabled = enabled),
      setSpellCheckerLanguages: (languages: string[]) => (facts.spellChecker.languages = languages),
      setSpellCheckerDictionaryDownloadURL: (url: string) => (facts.spellChecker.url = url),
      addWordToSpellCheckerDictionary: (word: string) => facts.spellChecker.learnt.push(word),
      availableSpellCheckerLanguages: ['en-GB', 'en-US', 'es', 'es-ES'],
      fetch: async (url: string, init: RequestInit) => await fetch(url, init),
      closeAllConnections: clearing('closeAllConnections', async () => proxy?.closeConnections()),
      clearData: clearing('clearData', clearStorage),
      clearAuthCache: clearing('clearAuthCache'),
      clearHostResolverCache: clearing('clearHostResolverCache'),
      clearCodeCaches: clearing('clearCodeCaches'),
    },
    emitter,
  );
  return {
    session,
    facts,
    notePopup: (url) => void (URL.canParse(url) && popups.add(new URL(url).host)),
    open: () => (opened ??= open()),
    close: async () => {
      const context = await opened?.catch(() => null);
      await context?.close();
      await proxy?.close();
    },
  };
}
