import type { Atom } from './flow';
import type { PageGeometry } from './geometry';
import { textHeight } from './geometry';
import { breakEvenly, breakLines, type Inline, type Line, type Measure, toSpans } from './lines';
import { type Alignment, alignedX, type Column } from './paragraphs';
import { baselineBelow, type Sheet } from './sheet';

/** A column of a printed table; `share` is its part of the width relative to the other columns. */
export type TableColumn = { readonly title: string; readonly share: number; readonly alignment: Alignment };

/** A table: headings, body cells, and optionally a row of column numbers (1), (2)… under the headings. */
export type Table = {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Inline[])[];
  readonly numbered?: boolean;
};

/** Where and how a table is set. */
export type TableSetting = {
  readonly column: Column;
  readonly geometry: PageGeometry;
  readonly size: number;
  readonly measure: Measure;
};

const padding = { x: 3.2, y: 2.6 };
const leadingRatio = 1.18;
const ruleWidth = 0.5;

type Cell = { readonly column: Column; readonly lines: readonly Line[]; readonly alignment: Alignment };

function cellColumns(table: Table, column: Column): readonly Column[] {
  const total = table.columns.reduce((sum, each) => sum + each.share, 0);
  let x = column.x;
  return table.columns.map((each) => {
    const width = (column.width * each.share) / total;
    const cell = { x, width };
    x += width;
    return cell;
  });
}

function innerColumn(column: Column): Column {
  return { x: column.x + padding.x, width: column.width - 2 * padding.x };
}

function drawGrid(sheet: Sheet, cells: readonly Cell[], top: number, height: number): void {
  const first = cells[0];
  const last = cells.at(-1);
  if (first === undefined || last === undefined) return;
  const right = last.column.x + last.column.width;
  const bottom = top - height;
  sheet.line([first.column.x, top], [right, top], { width: ruleWidth });
  sheet.line([first.column.x, bottom], [right, bottom], { width: ruleWidth });
  for (const cell of cells) sheet.line([cell.column.x, top], [cell.column.x, bottom], { width: ruleWidth });
  sheet.line([right, top], [right, bottom], { width: ruleWidth });
}

function rowAtom(cells: readonly Cell[], size: number, centred: boolean): Atom {
  const leading = size * leadingRatio;
  const count = Math.max(...cells.map((cell) => cell.lines.length));
  const height = count * leading + 2 * padding.y;
  return {
    height,
    gap: 0,
    keepNext: false,
    draw: (sheet, top) => {
      drawGrid(sheet, cells, top, height);
      for (const cell of cells) {
        const inner = innerColumn(cell.column);
        const spare = centred ? ((count - cell.lines.length) * leading) / 2 : 0;
        cell.lines.forEach((line, index) => {
          const y = top - padding.y - spare - index * leading - baselineBelow(leading, size);
          sheet.text(line.spans, alignedX(line, inner, cell.alignment), y);
        });
      }
    },
  };
}

/** A row as one atom, or as several when it is taller than a whole page. */
function bodyRowAtoms(cells: readonly Cell[], setting: TableSetting, header: Atom): readonly Atom[] {
  const room = textHeight(setting.geometry) - header.height - 2 * padding.y;
  const perPage = Math.max(1, Math.floor(room / (setting.size * leadingRatio)));
  const count = Math.max(1, ...cells.map((cell) => cell.lines.length));
  const slices: Atom[] = [];
  for (let start = 0; start < count; start += perPage) {
    const part = cells.map((cell) => ({ ...cell, lines: cell.lines.slice(start, start + perPage) }));
    slices.push({ ...rowAtom(part, setting.size, false), header });
  }
  return slices;
}

function stack(upper: Atom, lower: Atom): Atom {
  return {
    height: upper.height + lower.height,
    gap: 0,
    keepNext: true,
    draw: (sheet, top) => {
      upper.draw(sheet, top);
      lower.draw(sheet, top - upper.height);
    },
  };
}

function headerAtom(table: Table, columns: readonly Column[], setting: TableSetting): Atom {
  const make = (texts: readonly string[], bold: boolean, italic: boolean) =>
    rowAtom(
      columns.map((column, index) => ({
        column,
        alignment: 'centre' as const,
        lines: breakEvenly(
          toSpans(texts[index] ?? '', { size: setting.size, bold, italic }),
          innerColumn(column).width,
          setting.measure,
        ),
      })),
      setting.size,
      true,
    );
  const titles = make(
    table.columns.map((column) => column.title),
    true,
    false,
  );
  if (table.numbered !== true) return { ...titles, keepNext: true };
  return stack(
    titles,
    make(
      table.columns.map((_, index) => `(${index + 1})`),
      false,
      true,
    ),
  );
}

/** A table as atoms, one per row, the header first and again at the top of every further page. */
export function tableAtoms(table: Table, setting: TableSetting, gap: number): readonly Atom[] {
  const columns = cellColumns(table, setting.column);
  const header = headerAtom(table, columns, setting);
  const rows = table.rows.flatMap((row) => {
    const cells = columns.map((column, index): Cell => {
      const width = innerColumn(column).width;
      const spans = toSpans(row[index] ?? '', { size: setting.size });
      return {
        column,
        alignment: table.columns[index]?.alignment ?? 'left',
        lines: breakLines(spans, { first: width, rest: width }, setting.measure),
      };
    });
    return bodyRowAtoms(cells, setting, header);
  });
  return [{ ...header, gap }, ...rows];
}
