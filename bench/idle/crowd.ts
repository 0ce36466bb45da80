import { readFileSync } from 'node:fs';
import { startCrowd } from '../../test/fakes/pop3-crowd.ts';

/** Simulated POP3 servers with TLS at all of 127.0.0.0/8: argv PORT, CERTIFICATE, KEY. */
const [port = '', certFile = '', keyFile = ''] = process.argv.slice(2);
const certificate = {
  certFile,
  keyFile,
  cert: readFileSync(certFile, 'utf8'),
  key: readFileSync(keyFile, 'utf8'),
};
await startCrowd({
  port: Number(port),
  host: '0.0.0.0',
  certificate,
  behave: () => 'good',
  messages: 1,
  delay: 0,
  onSession: () => undefined,
});
process.send?.('ready');
