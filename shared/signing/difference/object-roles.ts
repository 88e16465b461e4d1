import type { PdfDocument } from '../pdf/pdf-document';
import { isDict, isRef, type PdfDict, type PdfValue } from '../pdf/pdf-objects';
import type { PdfPage } from '../pdf/pdf-pages';
import type { ReferenceGraph } from './reference-graph';
import type { RevisionFields } from './revision-fields';

/** What an object of the signed revision is for, as far as a later revision may replace objects of that kind at all. */
export type ObjectRole =
  | 'catalog'
  | 'info'
  | 'metadata'
  | 'acroform'
  | 'fields'
  | 'extensions'
  | 'dss'
  | 'dss-data'
  | 'page'
  | 'annotations'
  | 'field'
  | 'field-content'
  | 'unsigned-signature-content'
  | 'signature-content';

export type ObjectRoles = ReadonlyMap<number, ObjectRole>;

/** Assigns roles to the objects of the signed revision; an object without one may not be replaced. */
export async function readRoles(
  document: PdfDocument,
  pages: readonly PdfPage[],
  fields: RevisionFields,
): Promise<ObjectRoles> {
  const roles = new Map<number, ObjectRole>();
  const assign = (value: PdfValue | undefined, role: ObjectRole): void => {
    if (isRef(value) && !roles.has(value.num)) roles.set(value.num, role);
  };
  const catalog = await document.catalog();
  assign(document.rootRef, 'catalog');
  assign(document.trailer.get('Info'), 'info');
  assign(catalog.get('Metadata'), 'metadata');
  assign(catalog.get('AcroForm'), 'acroform');
  assign((await document.dict(catalog.get('AcroForm')))?.get('Fields'), 'fields');
  assign(catalog.get('Extensions'), 'extensions');
  assign(catalog.get('DSS'), 'dss');
  await assignSecurityStore(document, await document.dict(catalog.get('DSS')), assign);
  for (const page of pages) {
    assign(page.ref, 'page');
    assign(page.dict.get('Annots'), 'annotations');
  }
  for (const [num, field] of fields) {
    roles.set(num, 'field');
    const signed = field.value === undefined ? 'unsigned-signature-content' : 'signature-content';
    await assignFieldContent(document, field.dict, field.type === 'Sig' ? signed : 'field-content', assign);
  }
  return roles;
}

type Assign = (value: PdfValue | undefined, role: ObjectRole) => void;

async function assignSecurityStore(
  document: PdfDocument,
  store: PdfDict | null,
  assign: Assign,
): Promise<void> {
  for (const [key, value] of store ?? []) {
    assign(value, 'dss');
    for (const item of (await document.array(value)) ?? []) assign(item, 'dss-data');
    if (key !== 'VRI') continue;
    for (const [, entry] of (await document.dict(value)) ?? []) {
      assign(entry, 'dss');
      for (const [, list] of (await document.dict(entry)) ?? []) assign(list, 'dss');
    }
  }
}

async function assignFieldContent(
  document: PdfDocument,
  dict: PdfDict,
  role: ObjectRole,
  assign: Assign,
): Promise<void> {
  const appearance = dict.get('AP');
  assign(appearance, role);
  for (const [, stream] of (await document.dict(appearance)) ?? []) {
    assign(stream, role);
    const states = await document.resolve(stream);
    if (!isDict(states)) continue;
    for (const [, state] of states) assign(state, role);
  }
  assign(dict.get('V'), role);
}

/**
 * True when an object is used anywhere but where its role lets it be replaced: replacing it would then change something
 * else as well. Every path to the object counts.
 */
export function isUsedElsewhere(
  num: number,
  role: ObjectRole,
  roles: ObjectRoles,
  graph: ReferenceGraph,
  root: number,
  depth = 0,
): boolean {
  if (depth > 10) return true;
  return graph.referrersOf(num).some(({ owner, key }) => {
    const ownerRole = roles.get(owner);
    const isFromRoot = (wanted: string): boolean => owner === root && key === wanted;
    switch (role) {
      case 'info':
        return !(owner === -1 && key === 'Info');
      case 'metadata':
        return !isFromRoot('Metadata');
      case 'extensions':
        return !isFromRoot('Extensions');
      case 'acroform':
        return !isFromRoot('AcroForm');
      case 'fields':
        return !((ownerRole === 'acroform' && key === 'Fields') || isFromRoot('AcroForm.Fields'));
      case 'dss':
        return !((owner === root && key.startsWith('DSS')) || ownerRole === 'dss');
      case 'annotations':
        return !(ownerRole === 'page' && key === 'Annots');
      case 'field-content':
      case 'unsigned-signature-content':
        if (ownerRole === 'field') return !/^(AP|V)(\.|$)/.test(key);
        return ownerRole !== role || isUsedElsewhere(owner, role, roles, graph, root, depth + 1);
      default:
        return false;
    }
  });
}
