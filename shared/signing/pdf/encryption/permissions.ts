/** What the author of an encrypted document lets others do with it; only what concerns this module. */
export type PdfPermissions = {
  /** Bit 4: change the content of pages. */
  readonly modify: boolean;
  /** Bit 6: annotate, and fill in form fields. */
  readonly annotate: boolean;
  /** Bit 6 or 9: fill in existing fields, which includes signing an existing signature field. */
  readonly fillForms: boolean;
  /** Bits 4 and 6 together: create form fields, which includes signature fields. */
  readonly addFields: boolean;
};

/** Reads /P (ISO 32000-1, table 22). Bit 9 has a meaning from revision 3 of the handler on. */
export function readPermissions(flags: number, revision: number): PdfPermissions {
  const bit = (position: number): boolean => ((flags >>> (position - 1)) & 1) === 1;
  const [modify, annotate] = [bit(4), bit(6)];
  const fillForms = annotate || (revision >= 3 && bit(9));
  return { modify, annotate, fillForms, addFields: modify && annotate };
}
