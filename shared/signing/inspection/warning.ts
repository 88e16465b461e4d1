/** What a person should know of a PDF before she puts her name under it. */
export type PreSignWarningCode =
  | 'JAVASCRIPT'
  | 'OPEN_ACTION'
  | 'ADDITIONAL_ACTIONS'
  | 'LAUNCH_ACTION'
  | 'URI_ACTION'
  | 'SUBMIT_FORM_ACTION'
  | 'OTHER_ACTION'
  | 'EMBEDDED_FILES'
  | 'HIDDEN_CONTENT'
  | 'OVERLAPPING_CONTENT'
  | 'FIELDS_WITH_VALUES'
  | 'XFA'
  | 'EXTERNAL_STREAMS'
  | 'FONT_NOT_EMBEDDED'
  /** Too large or too damaged to be looked through to its end. */
  | 'NOT_FULLY_INSPECTED';

export type PreSignWarning = {
  readonly code: PreSignWarningCode;
  /** From 0; null for what belongs to no page. */
  readonly page: number | null;
  /** User space of the page: left, bottom, right, top; null where there is no place. */
  readonly rect: readonly number[] | null;
  /** English, technical: the key, field or font. */
  readonly detail: string;
};

const maxOfOneCode = 20;

/** Collects warnings; of one code and place it keeps one, and of one code no more than a list can show. */
export class Warnings {
  private readonly found = new Map<string, PreSignWarning>();
  private readonly counts = new Map<PreSignWarningCode, number>();

  add(
    code: PreSignWarningCode,
    detail: string,
    page: number | null = null,
    rect: readonly number[] | null = null,
  ): void {
    const key = `${code} ${page} ${rect?.join(' ')} ${detail}`;
    const count = this.counts.get(code) ?? 0;
    if (this.found.has(key) || count >= maxOfOneCode) return;
    this.counts.set(code, count + 1);
    this.found.set(key, { code, page, rect, detail });
  }

  has(code: PreSignWarningCode): boolean {
    return this.counts.has(code);
  }

  get list(): PreSignWarning[] {
    return [...this.found.values()];
  }
}

export type Rectangle = readonly [number, number, number, number];

/** Whether a point lies within a rectangle. */
export function contains([left, bottom, right, top]: Rectangle, x: number, y: number): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

/** Area that two rectangles share. */
export function sharedArea(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

export function areaOf([left, bottom, right, top]: Rectangle): number {
  return (right - left) * (top - bottom);
}
