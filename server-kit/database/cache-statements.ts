import type Sqlite from 'better-sqlite3';

/** Preparing costs more than running; texts are few because values are parameters. */
export function cacheStatements(connection: Sqlite.Database): (text: string) => Sqlite.Statement {
  const statements = new Map<string, Sqlite.Statement>();
  return (text) => {
    const known = statements.get(text);
    if (known) return known;
    if (statements.size > 500) statements.clear();
    const statement = connection.prepare(text);
    statements.set(text, statement);
    return statement;
  };
}
