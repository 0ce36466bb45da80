/** Calls a procedure by its path, with a bearer token or none; what came back. */
export async function callAs(
  server: string,
  path: string,
  type: string,
  input: unknown,
  token: string | null,
) {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const url = new URL(`${server}/trpc/${path}`);
  const text = input === undefined ? undefined : JSON.stringify(input);
  if (type !== 'mutation' && text !== undefined) url.searchParams.set('input', text);
  const response =
    type === 'mutation'
      ? await fetch(url, {
          method: 'POST',
          headers: { ...authorization, 'content-type': 'application/json', origin: server },
          ...(text === undefined ? {} : { body: text }),
        })
      : await fetch(url, { headers: authorization });
  return (await response.json()) as { result?: { data: unknown }; error?: { data: { valija: unknown } } };
}
