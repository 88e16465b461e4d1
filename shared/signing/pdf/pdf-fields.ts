import { AppError } from '../../result/result';
import type { PdfDocument } from './pdf-document';
import { isDict, isRef, isString, type PdfDict, type PdfRef, type PdfValue, textOf } from './pdf-objects';
import { readUnlistedSignatures } from './unlisted-signatures';

/** One terminal form field: merged with its widget, or with its widgets as kids. */
export type FormField = {
  /** Null for a field that is written directly into its parent's array. */
  readonly ref: PdfRef | null;
  readonly dict: PdfDict;
  /** Full name: partial names joined by full stops (ISO 32000-1, 12.7.3.2). */
  readonly name: string;
  readonly type: string | null;
  /** Own or inherited value. */
  readonly value: PdfValue | undefined;
  readonly widgets: readonly PdfRef[];
};

const maxDepth = 30;
const maxFields = 50_000;
/** Bounds on the signatures of one file, each of which is checked against its revision and hashed from the beginning. */
const maxSignatures = 256;
const maxHashedBytes = 2 * 1024 * 1024 * 1024;

/**
 * The terminal fields of the form in its order; loops are cut off. Throws PDF_TOO_COMPLEX instead of leaving fields out,
 * because a signature may be among them.
 */
export async function readFields(document: PdfDocument): Promise<readonly FormField[]> {
  const form = await document.dict((await document.catalog()).get('AcroForm'));
  const fields: FormField[] = [];
  const seen = new Set<number>();
  const walk = async (node: PdfValue, parent: FieldContext, depth: number): Promise<void> => {
    if (depth > maxDepth || fields.length > maxFields) throw new AppError('PDF_TOO_COMPLEX', 'form fields');
    if (isRef(node)) {
      if (seen.has(node.num)) return;
      seen.add(node.num);
    }
    const dict = await document.dict(node);
    if (!dict) return;
    const context = await inheritField(document, dict, parent);
    const kids = (await document.array(dict.get('Kids'))) ?? [];
    const hasNamedKids = (await Promise.all(kids.map((kid) => document.dict(kid)))).some((kid) =>
      kid?.has('T'),
    );
    if (hasNamedKids) {
      for (const kid of kids) await walk(kid, context, depth + 1);
      return;
    }
    const ref = isRef(node) ? node : null;
    const own = dict.get('Subtype') !== undefined && ref ? [ref] : [];
    fields.push({ ref, dict, ...context, widgets: [...own, ...kids.filter(isRef)] });
  };
  for (const field of (await document.array(form?.get('Fields'))) ?? []) {
    await walk(field, { name: '', type: null, value: undefined }, 0);
  }
  return fields;
}

type FieldContext = Pick<FormField, 'name' | 'type' | 'value'>;

async function inheritField(
  document: PdfDocument,
  dict: PdfDict,
  parent: FieldContext,
): Promise<FieldContext> {
  const partial = await document.resolve(dict.get('T'));
  const own = isString(partial) ? textOf(partial) : '';
  return {
    name: own === '' ? parent.name : parent.name === '' ? own : `${parent.name}.${own}`,
    type: (await document.name(dict.get('FT'))) ?? parent.type,
    value: dict.get('V') ?? parent.value,
  };
}

/** The signature fields of a file. Throws PDF_TOO_COMPLEX for more signatures than can be checked in time. */
export async function readSignatureFields(document: PdfDocument): Promise<readonly FormField[]> {
  const listed = await readFields(document);
  const numbers = listed.flatMap(({ ref, widgets }) => [
    ...(ref ? [ref.num] : []),
    ...widgets.map(({ num }) => num),
  ]);
  const unlisted = (await readUnlistedSignatures(document, new Set(numbers))).map(
    (field): FormField => ({ ...field, type: 'Sig', widgets: [field.ref] }),
  );
  const fields = [...listed.filter((field) => field.type === 'Sig'), ...unlisted];
  const signed = fields.filter((field) => field.value !== undefined).length;
  if (signed > maxSignatures || signed * document.source.size > maxHashedBytes)
    throw new AppError('PDF_TOO_COMPLEX', 'signatures');
  return fields;
}

/** The permission level of the document's certification (12.8.2.2), or null when it is not certified. */
export async function readCertification(document: PdfDocument): Promise<1 | 2 | 3 | null> {
  const permissions = await document.dict((await document.catalog()).get('Perms'));
  const signature = await document.dict(permissions?.get('DocMDP'));
  if (!signature) return null;
  for (const item of (await document.array(signature.get('Reference'))) ?? []) {
    const reference = await document.dict(item);
    if (!reference || (await document.name(reference.get('TransformMethod'))) !== 'DocMDP') continue;
    const level = await document.number((await document.dict(reference.get('TransformParams')))?.get('P'));
    return level === 1 || level === 3 ? level : 2;
  }
  return 2;
}

/** Names of fields that a signature locks by FieldMDP (12.8.2.4); 'all' with the exceptions in `names`. */
export type FieldLock = { readonly action: 'include' | 'all-but'; readonly names: readonly string[] };

/** The field locks of one signature dictionary. */
export async function readFieldLocks(
  document: PdfDocument,
  signature: PdfDict,
): Promise<readonly FieldLock[]> {
  const locks: FieldLock[] = [];
  for (const item of (await document.array(signature.get('Reference'))) ?? []) {
    const reference = await document.dict(item);
    if (!reference || (await document.name(reference.get('TransformMethod'))) !== 'FieldMDP') continue;
    const parameters = await document.dict(reference.get('TransformParams'));
    if (!isDict(parameters ?? undefined)) continue;
    const listed = (await document.array(parameters?.get('Fields'))) ?? [];
    const names = (await Promise.all(listed.map((name) => document.resolve(name))))
      .filter(isString)
      .map(textOf);
    const action = await document.name(parameters?.get('Action'));
    locks.push(
      action === 'Include'
        ? { action: 'include', names }
        : { action: 'all-but', names: action === 'Exclude' ? names : [] },
    );
  }
  return locks;
}

/** True when the lock freezes the field; a name also covers the fields below it. */
export function isLocked(lock: FieldLock, fieldName: string): boolean {
  const isNamed = lock.names.some((name) => fieldName === name || fieldName.startsWith(`${name}.`));
  return lock.action === 'include' ? isNamed : !isNamed;
}
