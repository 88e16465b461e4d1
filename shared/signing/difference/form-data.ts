import type { PdfDocument } from '../pdf/pdf-document';
import { isArray, isString, type PdfDict, type PdfValue, textOf } from '../pdf/pdf-objects';
import { isSameValue } from './revision-equality';
import type { RevisionPair } from './revision-pair';

/** Packets of an XFA form that hold what was filled in; all others say how the form looks (XFA 3.3, part 1, "XDP"). */
const dataPackets: ReadonlySet<string> = new Set(['datasets', 'form']);

/** The packets of an XFA form with their names, in order (ISO 32000-1, 12.7.8); empty for a form in one piece. */
async function packetsOf(document: PdfDocument, form: PdfDict | null): Promise<readonly Packet[]> {
  const listed = await document.resolve(form?.get('XFA'));
  if (!isArray(listed)) return [];
  const packets: Packet[] = [];
  for (let i = 0; i + 1 < listed.length; i += 2) {
    const name = await document.resolve(listed[i]);
    packets.push({ name: isString(name) ? textOf(name) : '', content: listed[i + 1] ?? null });
  }
  return packets;
}

type Packet = { readonly name: string; readonly content: PdfValue };

/** The contents of those packets of a form that filling it in may replace. */
export async function formDataOf(document: PdfDocument, form: PdfDict | null): Promise<readonly PdfValue[]> {
  const packets = await packetsOf(document, form);
  return packets.filter(({ name }) => dataPackets.has(name)).map(({ content }) => content);
}

/** True when two XFA forms differ in nothing but what was filled in. */
export async function isSameFormButData(
  { older, newer }: Pick<RevisionPair, 'older' | 'newer'>,
  before: PdfDict | null,
  after: PdfDict | null,
): Promise<boolean> {
  const [was, is] = [await packetsOf(older, before), await packetsOf(newer, after)];
  if (was.length === 0 || was.length !== is.length) return false;
  for (const [i, { name, content }] of was.entries()) {
    if (is[i]?.name !== name) return false;
    if (!dataPackets.has(name) && !(await isSameValue(older, content, newer, is[i]?.content))) return false;
  }
  return true;
}
