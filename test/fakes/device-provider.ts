import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the token endpoint says next: an OAuth error, a status without a body, or `tokens`. */
export type DeviceAnswer = 'tokens' | { error: string } | { status: number };

/** A provider of the device flow (RFC 8628) that answers by a list; the last answer stays. */
export interface DeviceProvider {
  url: string;
  /** When it was asked for tokens (ms), and by what form. */
  asked: { at: number; form: URLSearchParams }[];
  stop(): Promise<void>;
}

export async function startDeviceProvider(options: {
  answers: DeviceAnswer[];
  /** Seconds between questions. */
  interval: number;
  verificationUrl?: string;
}): Promise<DeviceProvider> {
  const asked: DeviceProvider['asked'] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const json = (status: number, body: object): void => {
        res.writeHead(status, { 'content-type': 'application/json' });
        res.end(JSON.stringify(body));
      };
      if (req.url === '/device') {
        json(200, {
          device_code: 'device-code-1',
          user_code: 'WDJB-MJHT',
          verification_uri: options.verificationUrl ?? 'https://example.com/device',
          expires_in: 600,
          interval: options.interval,
        });
        return;
      }
      asked.push({ at: Date.now(), form: new URLSearchParams(Buffer.concat(chunks).toString()) });
      const answer = options.answers[Math.min(asked.length, options.answers.length) - 1] ?? 'tokens';
      if (answer === 'tokens') {
        json(200, { access_token: 'a-1', token_type: 'Bearer', expires_in: 3600, refresh_token: 'r-1' });
      } else if ('error' in answer) json(400, { error: answer.error });
      else {
        res.writeHead(answer.status);
        res.end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
