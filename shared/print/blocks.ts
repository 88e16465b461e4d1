import type { Block } from './document-types';
import type { Atom } from './flow';
import type { PageGeometry } from './geometry';
import type { Inline, Measure } from './lines';
import { type Column, firstLineIndent, paragraphAtoms } from './paragraphs';
import { tableAtoms } from './table';
import { printTexts } from './texts';

/** Where and in which size the body of a document is set. */
export type BodySetting = {
  readonly column: Column;
  readonly geometry: PageGeometry;
  readonly size: number;
  readonly measure: Measure;
};

function asRuns(inline: Inline) {
  return typeof inline === 'string' ? [{ text: inline }] : inline;
}

function blockAtoms(block: Block, setting: BodySetting): readonly Atom[] {
  const { column, size, measure } = setting;
  const running = { size, alignment: 'justify' as const, indent: firstLineIndent };
  const centred = { size, bold: true, alignment: 'centre' as const, keepNext: true };
  switch (block.kind) {
    case 'paragraph':
      return paragraphAtoms(block.text, column, running, measure);
    case 'heading':
      return paragraphAtoms(block.text, column, { ...running, bold: true, keepNext: true }, measure);
    case 'chapter':
      return [
        ...paragraphAtoms(block.label, column, { ...centred, gap: 12 }, measure),
        ...paragraphAtoms(block.title, column, { ...centred, gap: 0 }, measure),
      ];
    case 'article': {
      const label = { text: `${block.label} `, bold: true };
      const title = block.title === undefined ? [] : [{ text: block.title, bold: true }];
      const text = block.text === undefined ? [] : asRuns(block.text);
      const keepNext = block.text === undefined;
      return paragraphAtoms([label, ...title, ...text], column, { ...running, keepNext }, measure);
    }
    case 'centred':
      return paragraphAtoms(block.text, column, { ...centred, gap: 10 }, measure);
    case 'table':
      return tableAtoms(block.table, { ...setting, size: Math.min(size, 12) }, 8);
  }
}

/** The body as atoms, in order. */
export function bodyAtoms(blocks: readonly Block[], setting: BodySetting): readonly Atom[] {
  return blocks.flatMap((block) => blockAtoms(block, setting));
}

function withEnd(inline: Inline): Inline {
  const close = (text: string) => text.trimEnd().replace(/(?:\.\/\.|[.;:])$/u, '') + printTexts.end;
  if (typeof inline === 'string') return close(inline);
  return inline.map((run, index) => (index === inline.length - 1 ? { ...run, text: close(run.text) } : run));
}

/** Ends the text with "./.", as every form of Phụ lục III does. A body that ends in a table stays as it is. */
export function endBody(blocks: readonly Block[]): readonly Block[] {
  const last = blocks.at(-1);
  if (last === undefined) return blocks;
  const before = blocks.slice(0, -1);
  if (last.kind === 'paragraph') return [...before, { ...last, text: withEnd(last.text) }];
  if (last.kind === 'article' && last.text !== undefined)
    return [...before, { ...last, text: withEnd(last.text) }];
  return blocks;
}
