/** Begins a run by the API; gives its id. */
export async function beginRun(url: string, request: object): Promise<string> {
  const response = await fetch(`${url}/api/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const { id }: { id?: unknown } = JSON.parse(await response.text());
  if (typeof id !== 'string') throw new Error(`Cannot begin a run: status ${response.status}`);
  return id;
}

/** Begins a run by the API and waits for its end; gives its id. */
export async function finishRun(url: string, request: object): Promise<string> {
  const id = await beginRun(url, request);
  await (await fetch(`${url}/api/runs/${id}/events`)).text();
  return id;
}
