/** The name of an organisation as letterheads and covers print it: in capitals, with Vietnamese rules (Phụ lục I, II.2). */
export function inCapitals(name: string): string {
  return name.trim().toLocaleUpperCase('vi');
}
