import type { PdfDocument } from '../pdf/pdf-document';
import { isString, textOf } from '../pdf/pdf-objects';
import type { Warnings } from './warning';

/** Optional content that the default configuration does not show (ISO 32000-1, 8.11.4.3). */
export async function warnOfLayers(document: PdfDocument, warnings: Warnings): Promise<void> {
  const properties = await document.dict((await document.catalog()).get('OCProperties'));
  const configuration = await document.dict(properties?.get('D'));
  if (properties === null || configuration === null) return;
  if ((await document.name(configuration.get('BaseState'))) === 'OFF')
    warnings.add('HIDDEN_CONTENT', 'layers are off by default');
  for (const group of (await document.array(configuration.get('OFF'))) ?? []) {
    const name = await document.resolve((await document.dict(group))?.get('Name'));
    warnings.add('HIDDEN_CONTENT', `layer ${isString(name) ? textOf(name) : ''}`.trim());
  }
}
