/**
 * Many JSON values as one value of a statement, a line each: JSON has no line end within. To escape them as an array of
 * texts, or to take them out of one large JSON, cost the server more than to store them.
 */
export function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}

/** SQL for the lines of {@link jsonLines} in parameter `$n`, as an array of texts. */
export function textLines(n: number): string {
  return `string_to_array($${n}::text, e'\\n')`;
}
