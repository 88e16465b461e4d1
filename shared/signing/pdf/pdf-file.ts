import type { ByteSource, CryptoPort } from '../ports';
import { type IndirectObject, parseIndirect, readSection } from './pdf-sections';
import type { XrefSection } from './pdf-xref';
import { ReadBudget } from './read-budget';

/** The bytes of one file with what was parsed of them, which all revisions of the file share. */
export class PdfFile {
  readonly source: ByteSource;
  readonly crypto: CryptoPort;
  readonly budget = new ReadBudget();
  private readonly objects = new Map<number, IndirectObject>();
  private readonly sections = new Map<number, XrefSection>();

  constructor(source: ByteSource, crypto: CryptoPort) {
    this.source = source;
    this.crypto = crypto;
  }

  /** The object that stands at an offset. Throws PDF_XREF_BROKEN, PDF_MALFORMED, PDF_TOO_COMPLEX. */
  async objectAt(offset: number): Promise<IndirectObject> {
    const known = this.objects.get(offset);
    if (known) return known;
    const object = await parseIndirect(this.source, offset, this.budget);
    this.objects.set(offset, object);
    return object;
  }

  /** The cross-reference section at an offset. Throws PDF_XREF_BROKEN, PDF_MALFORMED, PDF_TOO_COMPLEX. */
  async sectionAt(offset: number): Promise<XrefSection> {
    const known = this.sections.get(offset);
    if (known) return known;
    const section = await readSection(this, offset);
    this.sections.set(offset, section);
    return section;
  }
}
