/** Structured log: `event` is a fixed name such as `http.failed`, what varies goes into `fields`. */
export interface Logger {
  debug(event: string, fields?: object): void;
  info(event: string, fields?: object): void;
  warn(event: string, fields?: object): void;
  error(event: string, fields?: object): void;
  /** The same log with fields that stand in every line, such as the part's name. */
  child(fields: object): Logger;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names of fields whose value never reaches a log, whatever the caller meant. */
const SECRET_FIELD = /pass(word|phrase)?$|secret|token|authorization|cookie|credential/i;

/** JSON lines: time, level, event, then the fields. Errors become name, message, code and stack, down their causes. */
export function makeLogger(
  write: (line: string) => void,
  minimum: LogLevel,
  now: () => number,
  base: object = {},
): Logger {
  const floor = LOG_LEVELS.indexOf(minimum);
  const log = (level: LogLevel) => (event: string, fields?: object) => {
    if (LOG_LEVELS.indexOf(level) < floor) return;
    const line = { time: new Date(now()).toISOString(), level, event, ...base, ...fields };
    write(JSON.stringify(line, hideSecret));
  };
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: (fields) => makeLogger(write, minimum, now, { ...base, ...fields }),
  };
}

function hideSecret(key: string, value: unknown): unknown {
  if (key !== '' && SECRET_FIELD.test(key)) return '[hidden]';
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const code = 'code' in value ? value.code : undefined;
    return { name, message, code, stack, cause };
  }
  return value;
}

/** A log that keeps nothing: for tests of things that want one. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
