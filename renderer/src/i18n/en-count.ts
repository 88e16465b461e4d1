/** A count with its noun, in the singular or the plural (`s`, where none is given). English only: Vietnamese has one form. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
