/** Writes one JSON line about the server itself to stderr. Never words of a document, a name or a PIN. */
export function logFailure(event: string, error: unknown): void {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const line = { level: 50, time: Date.now(), msg: event, err: { type: name, message } };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
