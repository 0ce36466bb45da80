import { createServer, type Socket, connect } from 'node:net';

export interface ProxyRules {
  /** Milliseconds that every byte waits, each way: half a round trip. */
  delayMs?: number;
  /** Both ends are cut after this many bytes from the server, counted over one connection. */
  cutAfter?: number;
  /** The server's bytes come in pieces of this size. */
  piece?: number;
  /** The server's bytes come this slowly. */
  bytesPerSecond?: number;
}

export interface TcpProxy {
  port: number;
  /** May be changed at any time; holds for connections made later. */
  rules: ProxyRules;
  /** Connections taken so far. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Stands between a client and a server on loopback, late, cutting or dividing; on a free port unless `listen` says where. */
export async function startTcpProxy(
  target: { host: string; port: number },
  rules: ProxyRules = {},
  listen = { host: '127.0.0.1', port: 0 },
): Promise<TcpProxy> {
  const open = new Set<Socket>();
  const proxy = { port: 0, rules, connections: 0 };
  const server = createServer((near) => {
    proxy.connections++;
    const { delayMs = 0, cutAfter = Infinity, piece = Infinity } = proxy.rules;
    const far = connect(target.port, target.host);
    let passed = 0;
    const later = (work: () => void): void => void (delayMs > 0 ? setTimeout(work, delayMs) : work());
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        later(() => (socket === near ? far : near).destroySoon());
      });
    }
    near.on('data', (data: Buffer) => later(() => far.writable && far.write(data)));
    near.on('end', () => later(() => far.end()));
    far.on('end', () => later(() => near.end()));
    far.on('data', (data: Buffer) => {
      const { bytesPerSecond } = proxy.rules;
      if (bytesPerSecond !== undefined) {
        far.pause();
        setTimeout(() => far.resume(), (data.length / bytesPerSecond) * 1000);
      }
      const rest = data.subarray(0, Math.max(0, cutAfter - passed));
      passed += data.length;
      for (let at = 0; at < rest.length; at += piece) {
        const some = rest.subarray(at, Math.min(rest.length, at + piece));
        later(() => near.writable && near.write(some));
      }
      if (passed >= cutAfter && passed - data.length < cutAfter) later(() => near.destroySoon());
    });
  });
  await new Promise<void>((resolve) => server.listen(listen.port, listen.host, resolve));
  const address = server.address();
  proxy.port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(proxy, {
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
