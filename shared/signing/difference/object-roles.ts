import type { PdfDocument } from '../pdf/pdf-document';
import { isDict, isRef, type PdfDict, type PdfValue } from '../pdf/pdf-objects';
import type { PdfPage } from '../pdf/pdf-pages';
import { formDataOf } from './form-data';
import type { ReferenceGraph, Referrer } from './reference-graph';
import type { RevisionFields } from './revision-fields';

/** What an object of the signed revision is for, as far as a later revision may replace objects of that kind at all. */
export type ObjectRole =
  | 'catalog'
  | 'info'
  | 'metadata'
  | 'acroform'
  | 'fields'
  | 'form-resources'
  | 'form-data'
  | 'kids'
  | 'extensions'
  | 'dss'
  | 'dss-data'
  | 'pages'
  | 'page'
  | 'annotations'
  | 'annotation'
  | 'annotation-content'
  | 'field'
  | 'field-content'
  | 'unsigned-signature-content'
  | 'signature-content';

export type ObjectRoles = {
  readonly get: (num: number) => ObjectRole | undefined;
  /** Name of the field to whose content an object belongs. */
  readonly fieldOf: (num: number) => string;
};

type Assign = (value: PdfValue | undefined, role: ObjectRole) => void;

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
  await assignResources(document, catalog, assign);
  for (const data of await formDataOf(document, await document.dict(catalog.get('AcroForm'))))
    assign(data, 'form-data');
  assign(catalog.get('Extensions'), 'extensions');
  assign(catalog.get('DSS'), 'dss');
  await assignSecurityStore(document, await document.dict(catalog.get('DSS')), assign);
  for (const num of fields.keys()) roles.set(num, 'field');
  const names = new Map<number, string>();
  for (const field of fields.values()) {
    assign(field.dict.get('Kids'), 'kids');
    const signed = field.value === undefined ? 'unsigned-signature-content' : 'signature-content';
    const assignOf: Assign = (value, role) => {
      if (isRef(value) && !names.has(value.num)) names.set(value.num, field.name);
      assign(value, role);
    };
    await assignContent(document, field.dict, field.type === 'Sig' ? signed : 'field-content', assignOf);
  }
  await assignPages(document, pages, assign);
  return { get: (num) => roles.get(num), fieldOf: (num) => names.get(num) ?? '' };
}

/** The resources that fields are drawn with, and the lists of fonts and others in them. */
async function assignResources(document: PdfDocument, catalog: PdfDict, assign: Assign): Promise<void> {
  const resources = (await document.dict(catalog.get('AcroForm')))?.get('DR');
  assign(resources, 'form-resources');
  for (const [, list] of (await document.dict(resources)) ?? []) {
    if (isDict(await document.resolve(list))) assign(list, 'form-resources');
  }
}

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

async function assignPages(document: PdfDocument, pages: readonly PdfPage[], assign: Assign): Promise<void> {
  const parents = new Set<number>();
  for (const { ref, dict } of pages) {
    assign(ref, 'page');
    const annotations = dict.get('Annots');
    if (annotations !== undefined) {
      assign(annotations, 'annotations');
      for (const annotation of (await document.array(annotations)) ?? [])
        await assignAnnotation(document, annotation, assign);
    }
    let parent = dict.get('Parent');
    while (isRef(parent) && !parents.has(parent.num)) {
      parents.add(parent.num);
      assign(parent, 'pages');
      parent = (await document.dict(parent))?.get('Parent');
    }
  }
}

/** Widgets have got their role with their field. */
async function assignAnnotation(document: PdfDocument, ref: PdfValue, assign: Assign): Promise<void> {
  const dict = await document.dict(ref);
  if (!dict || (await document.name(dict.get('Subtype'))) === 'Widget') return;
  assign(ref, 'annotation');
  await assignContent(document, dict, 'annotation-content', assign);
}

async function assignContent(
  document: PdfDocument,
  dict: PdfDict,
  role: ObjectRole,
  assign: Assign,
): Promise<void> {
  const appearance = dict.get('AP');
  assign(appearance, role);
  if (appearance !== undefined) {
    for (const [, stream] of (await document.dict(appearance)) ?? []) {
      assign(stream, role);
      const states = await document.resolve(stream);
      if (!isDict(states)) continue;
      for (const [, state] of states) assign(state, role);
    }
  }
  if (role !== 'annotation-content') assign(dict.get('V'), role);
}

/** Keys under which others may refer to an annotation that is nothing else. */
const annotationKeys = /^(Parent|Popup|IRT|Annots|(K\.)?Obj|)$/;
/** The same for a field or widget: the form, pages, structure, and actions that hide, reset or play. */
const fieldKeys = /(^|\.)(Kids|Parent|Fields|Annots|CO|Popup|IRT|Obj|T|AN|)$/;
/** Keys below which everything takes part in what content streams show. */
const shownKeys =
  /(^|\.)(Resources|Font|XObject|ExtGState|Pattern|Shading|ColorSpace|Properties|CharProcs|Function|DescendantFonts|OC|OCProperties|Group|AP)(\.|$)/;
/** Resources are at most that many objects away from the key that tells what they are. */
const maxResourceDepth = 3;

/**
 * True when a reference is, or may lead from, a resource of content streams. Under names that its maker chose, a page or
 * a field can serve as a list of them, or as the condition of a layer.
 */
function isShownFrom(
  { owner, key }: Referrer,
  roles: ObjectRoles,
  graph: ReferenceGraph,
  depth = 0,
): boolean {
  if (shownKeys.test(key)) return true;
  const role = roles.get(owner);
  if (role !== undefined) return role === 'field-content' || role === 'annotation-content';
  return (
    depth < maxResourceDepth &&
    graph.referrersOf(owner).some((referrer) => isShownFrom(referrer, roles, graph, depth + 1))
  );
}

/**
 * True when an object is used anywhere but where its role lets it be replaced: replacing it would then change something
 * else as well. Every path to the object counts, and so do the other uses of what it belongs to.
 */
export function isUsedElsewhere(
  num: number,
  role: ObjectRole,
  roles: ObjectRoles,
  graph: ReferenceGraph,
  root: number,
  seen: Set<number> = new Set(),
): boolean {
  if (seen.has(num)) return false;
  seen.add(num);
  return graph.referrersOf(num).some((referrer) => {
    const { owner, key } = referrer;
    const ownerRole = roles.get(owner);
    const isOwnerElsewhere =
      ownerRole && ownerRole !== 'page' && ownerRole !== 'pages' && ownerRole !== 'dss';
    if (isOwnerElsewhere && isUsedElsewhere(owner, ownerRole, roles, graph, root, seen)) return true;
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
      case 'form-resources':
        return !(
          (ownerRole === 'acroform' && /^DR(\.|$)/.test(key)) ||
          (owner === root && key.startsWith('AcroForm.DR')) ||
          ownerRole === 'form-resources'
        );
      case 'form-data':
        return !((ownerRole === 'acroform' && key === 'XFA') || isFromRoot('AcroForm.XFA'));
      case 'kids':
        return !(ownerRole === 'field' && key === 'Kids');
      case 'dss':
        return !((owner === root && key.startsWith('DSS')) || ownerRole === 'dss');
      case 'annotations':
        return !(ownerRole === 'page' && key === 'Annots');
      case 'annotation':
        return !annotationKeys.test(key) || isShownFrom(referrer, roles, graph);
      case 'field':
        return !fieldKeys.test(key) || isShownFrom(referrer, roles, graph);
      case 'catalog':
      case 'page':
        return isShownFrom(referrer, roles, graph);
      case 'field-content':
      case 'unsigned-signature-content':
      case 'annotation-content':
        if (ownerRole === (role === 'annotation-content' ? 'annotation' : 'field'))
          return !/^(AP|V)(\.|$)/.test(key);
        return ownerRole !== role;
      default:
        return false;
    }
  });
}
