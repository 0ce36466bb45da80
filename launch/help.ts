import type { Language } from '../common/shapes/profile.ts';
import { formatTable } from '../command/format.ts';
import { SETTING_FLAGS } from './options.ts';

type Flag = (typeof SETTING_FLAGS)[number] | 'env-file' | 'json' | 'enrol';
type Texts = Record<Flag | 'usage' | 'start' | 'serve' | 'options' | 'settings', string>;

const en: Texts = {
  usage: 'Usage',
  start:
    'Runs Valija on this machine until Ctrl+C: profile-server with web client, storage-server, smtp-relay.',
  serve: 'Runs one part: profile-server, storage-server or smtp-relay.',
  options: 'Options',
  settings: 'Each setting may also stand in the environment or the file as VALIJA_…, see .env.example.',
  data: 'directory for everything that is kept (./data)',
  host: 'address to listen on (127.0.0.1)',
  'port-base': 'web and profile N+10, storage N+20, SMTP N+25, relay N+30; 0: free ports (7300)',
  database: 'sqlite, or mysql://user:pass@host/prefix (sqlite)',
  'public-url': 'address of web client and profile-server as clients see it',
  'storage-url': 'address of the storage-server as clients see it',
  'relay-url': 'address of the relay’s API as clients see it',
  'tls-cert': 'PEM file with the certificate',
  'tls-key': 'PEM file with its key',
  'behind-proxy': 'a proxy in front encrypts; its client-address header counts',
  'allow-networks': 'private networks that accounts may name, as 10.0.0.0/8,192.168.1.0/24',
  registration: 'open, invite or closed (open only on loopback)',
  'master-key-file': 'file of the key that wraps the users’ keys',
  'master-key-command': 'command that prints that key, instead of a file',
  'relay-smarthost': 'smtp://host:port for all mail that would leave by MX',
  dns: 'resolver host:port',
  'mx-port': 'port of MX hosts (25)',
  'mta-sts-port': 'port of MTA-STS hosts (443)',
  'metrics-token': 'bearer token for /metrics beyond loopback',
  'user-quota': 'bytes of mail that each user may hold (no limit)',
  senders: 'claimed or verified: whether addresses must be proven (claimed only on loopback)',
  statistics: 'on or off: whether it is counted how mail is used (on)',
  'password-least': 'characters of new passwords without a second factor, 8 to 64 (15; 8 on loopback)',
  'notice-from': 'sender of Valija’s own mails (valija@ the public address’s host)',
  'relay-addresses': 'IP addresses from which the relay’s mail leaves, for SPF',
  'send-limit': 'recipients that each user may send to, as 2000/hour, or none (none only on loopback)',
  'submissions-port': 'port where submission begins with TLS at once (none)',
  'log-level': 'debug, info, warn or error (info)',
  'env-file': 'file with settings; with npx: npx -- valija start --env-file …',
  json: 'one line of JSON as soon as all listen',
  enrol: 'code from “valija part add”: joins this part to its profile-server once',
};

const es: Texts = {
  usage: 'Uso',
  start:
    'Pone en marcha Valija en esta máquina hasta Ctrl+C: profile-server con cliente web, storage-server, smtp-relay.',
  serve: 'Pone en marcha una parte: profile-server, storage-server o smtp-relay.',
  options: 'Opciones',
  settings:
    'Cada ajuste puede estar también en el entorno o en el archivo como VALIJA_…, véase .env.example.',
  data: 'carpeta para todo lo que se guarda (./data)',
  host: 'dirección en la que escucha (127.0.0.1)',
  'port-base': 'web y perfil N+10, correo N+20, SMTP N+25, envío N+30; 0: puertos libres (7300)',
  database: 'sqlite, o mysql://user:pass@host/prefix (sqlite)',
  'public-url': 'dirección del cliente web y del profile-server tal como la ven los clientes',
  'storage-url': 'dirección del storage-server tal como la ven los clientes',
  'relay-url': 'dirección de la API del smtp-relay tal como la ven los clientes',
  'tls-cert': 'archivo PEM con el certificado',
  'tls-key': 'archivo PEM con su clave',
  'behind-proxy': 'un proxy delante cifra; cuenta su cabecera con la dirección del cliente',
  'allow-networks': 'redes privadas que las cuentas pueden nombrar, como 10.0.0.0/8,192.168.1.0/24',
  registration: 'open, invite o closed (open solo en loopback)',
  'master-key-file': 'archivo de la clave que protege las claves de los usuarios',
  'master-key-command': 'orden que escribe esa clave, en vez de un archivo',
  'relay-smarthost': 'smtp://host:port para todo el correo que saldría por MX',
  dns: 'servidor DNS host:port',
  'mx-port': 'puerto de los servidores MX (25)',
  'mta-sts-port': 'puerto de los servidores MTA-STS (443)',
  'metrics-token': 'clave de acceso a /metrics fuera de loopback',
  'user-quota': 'bytes de correo que puede tener cada usuario (sin límite)',
  senders: 'claimed o verified: si hay que demostrar las direcciones (claimed solo en loopback)',
  statistics: 'on u off: si se cuenta cómo se usa el correo (on)',
  'password-least': 'caracteres de las contraseñas nuevas sin segundo factor, de 8 a 64 (15; 8 en loopback)',
  'notice-from': 'remitente de los mensajes de Valija (valija@ el servidor de la dirección pública)',
  'relay-addresses': 'direcciones IP desde las que sale el correo, para SPF',
  'send-limit':
    'destinatarios a los que puede enviar cada usuario, como 2000/hour, o none (none solo en loopback)',
  'submissions-port': 'puerto donde el envío empieza con TLS desde el principio (ninguno)',
  'log-level': 'debug, info, warn o error (info)',
  'env-file': 'archivo con ajustes; con npx: npx -- valija start --env-file …',
  json: 'una línea de JSON en cuanto todo escucha',
  enrol: 'código de «valija part add»: une esta parte a su profile-server una vez',
};

const TEXTS: Record<Language, Texts> = { en, es };
const PLAIN: readonly Flag[] = ['json', 'behind-proxy'];

/** The help of `start` and `serve`. */
export function formatLaunchHelp(command: 'start' | 'serve', language: Language): string {
  const say = TEXTS[language];
  const own: readonly Flag[] = command === 'serve' ? ['enrol'] : [];
  const flags: readonly Flag[] = [...own, 'json', 'env-file', ...SETTING_FLAGS];
  const rows = flags.map((flag) => [`  --${flag}${PLAIN.includes(flag) ? '' : ' …'}`, say[flag]]);
  const part = command === 'serve' ? ' PART' : '';
  const head = `${say.usage}: valija ${command}${part} [--json] …`;
  return `${head}\n\n${say[command]}\n\n${say.options}:\n${formatTable(rows)}\n\n${say.settings}`;
}
