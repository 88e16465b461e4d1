/** How large pages are shown: fitted to the pane, or a fixed share of their true size. */
export type Zoom = 'width' | 'page' | number;
export type Size = { readonly width: number; readonly height: number };

const steps = [0.25, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];
const margin = 16;

/** CSS pixels per point of a page in a pane. */
export function scaleOf(zoom: Zoom, page: Size, pane: Size): number {
  if (typeof zoom === 'number') return zoom;
  const width = Math.max(0.1, (pane.width - 2 * margin) / page.width);
  return zoom === 'width' ? width : Math.min(width, Math.max(0.1, (pane.height - 2 * margin) / page.height));
}

/** The next step above or below a scale. */
export function zoomStep(scale: number, up: boolean): number {
  const next = up
    ? steps.find((step) => step > scale + 0.01)
    : [...steps].reverse().find((step) => step < scale - 0.01);
  return next ?? scale;
}

/** Size of a page as it lies after turning. */
export function turned(size: Size, rotation: number): Size {
  return rotation % 180 === 0 ? size : { width: size.height, height: size.width };
}
