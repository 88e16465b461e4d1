import type { PdfDocument } from '../pdf/pdf-document';
import { isRef, isString, type PdfDict, type PdfValue, textOf } from '../pdf/pdf-objects';
import { readUnlistedSignatures } from '../pdf/unlisted-signatures';

/** A field or widget object of the form tree, whichever of the two it is. */
export type RevisionField = {
  readonly dict: PdfDict;
  readonly name: string;
  readonly type: string | null;
  readonly value: PdfValue | undefined;
};

/** Every indirect object of the form tree by number: groups, fields and their widgets. */
export type RevisionFields = ReadonlyMap<number, RevisionField>;

const maxDepth = 30;

/** Reads the whole form tree of one revision, and the signature fields beside it. */
export async function readRevisionFields(document: PdfDocument): Promise<RevisionFields> {
  const fields = new Map<number, RevisionField>();
  const walk = async (node: PdfValue, parent: Omit<RevisionField, 'dict'>, depth: number): Promise<void> => {
    const dict = await document.dict(node);
    if (!dict || depth > maxDepth || (isRef(node) && fields.has(node.num))) return;
    const partial = await document.resolve(dict.get('T'));
    const own = isString(partial) ? textOf(partial) : '';
    const field = {
      name: own === '' ? parent.name : parent.name === '' ? own : `${parent.name}.${own}`,
      type: (await document.name(dict.get('FT'))) ?? parent.type,
      value: dict.get('V') ?? parent.value,
    };
    if (isRef(node)) fields.set(node.num, { dict, ...field });
    for (const kid of (await document.array(dict.get('Kids'))) ?? []) await walk(kid, field, depth + 1);
  };
  const form = await document.dict((await document.catalog()).get('AcroForm'));
  for (const node of (await document.array(form?.get('Fields'))) ?? []) {
    await walk(node, { name: '', type: null, value: undefined }, 0);
  }
  for (const { ref, dict, name, value } of await readUnlistedSignatures(document, new Set(fields.keys())))
    fields.set(ref.num, { dict, name, type: 'Sig', value });
  return fields;
}
