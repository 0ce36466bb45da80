import sax from 'sax';
import { MailError } from '../../common/errors.ts';

/** One server of a Mozilla autoconfig file, its words as they stand there, placeholders unfilled. */
export interface ConfigServer {
  kind: 'pop3' | 'smtp';
  host: string;
  port: string;
  /** `SSL`, `STARTTLS` or `plain`. */
  socket: string;
  user: string;
  /** In the order of preference. */
  auths: string[];
}

/** What the file says of the provider and its POP3 and SMTP servers. */
export interface MailConfig {
  name: string | null;
  /** First page that explains the settings. */
  help: string | null;
  /** Access has to be switched on at the provider first. */
  enable: boolean;
  servers: ConfigServer[];
}

/** Only the five entities of XML; the library's types do not know the option. */
const STRICT = { strictEntities: true } as sax.SAXOptions;
const MOST_DEPTH = 16;
const MOST_ELEMENTS = 5000;
const MOST_TEXT = 1000;

const SERVER = 'clientConfig/emailProvider/';
const FIELDS: Readonly<Record<string, 'host' | 'port' | 'socket' | 'user'>> = {
  hostname: 'host',
  port: 'port',
  socketType: 'socket',
  username: 'user',
};

/**
 * Reads an autoconfig file (clientConfig 1.1). Strict: no document type, no entities of its own, well-formed to the end.
 * MailError `protocol` for what is not one.
 */
export function parseMailConfig(xml: string): MailConfig {
  const config: MailConfig = { name: null, help: null, enable: false, servers: [] };
  const path: string[] = [];
  let server: ConfigServer | null = null;
  let text = '';
  let elements = 0;
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw refuse('a document type');
  const parser = sax.parser(true, STRICT);
  parser.onerror = (error) => {
    throw refuse(error.message.split('\n', 1)[0] ?? '');
  };
  parser.onopentag = ({ name, attributes }) => {
    path.push(name);
    if (path.length > MOST_DEPTH || ++elements > MOST_ELEMENTS) throw refuse('too much in it');
    if (path[0] !== 'clientConfig') throw refuse(`it begins with ${path[0]}`);
    text = '';
    const place = path.join('/');
    const kind = readKind(place, readText(attributes['type']));
    if (kind !== null) server = { kind, host: '', port: '', socket: '', user: '', auths: [] };
    if (place === `${SERVER}documentation`) config.help ??= readText(attributes['url']);
    if (name === 'enable' && path.length <= 3) config.enable = true;
  };
  const take = (more: string): void => {
    text += more;
    if (text.length > MOST_TEXT) throw refuse('too long a text');
  };
  parser.ontext = take;
  parser.oncdata = take;
  parser.onclosetag = (name) => {
    const value = text.trim();
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (path.length === 3 && name === 'displayName') config.name ??= value;
    if (path.length === 4 && server !== null) {
      if (field !== undefined) server[field] ||= value;
      if (name === 'authentication') server.auths.push(value);
    }
    if (path.length === 3 && server !== null) {
      config.servers.push(server);
      server = null;
    }
    path.pop();
    text = '';
  };
  parser.write(xml).close();
  if (elements === 0) throw refuse('it is empty');
  return config;
}

function readKind(place: string, type: string): 'pop3' | 'smtp' | null {
  if (place === `${SERVER}incomingServer` && type === 'pop3') return 'pop3';
  return place === `${SERVER}outgoingServer` && type === 'smtp' ? 'smtp' : null;
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refuse(detail: string): MailError {
  return new MailError('protocol', `no autoconfig file: ${detail}`, { reason: 'autoconfig' });
}
