import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { t } from '../i18n';
import { usePanesHidden } from './panes-hidden';

type Properties = {
  /** Under this name the widths are remembered. */
  readonly screen: string;
  readonly list?: ReactNode;
  readonly reader: ReactNode;
  readonly properties?: ReactNode;
  /** Takes the place of list and properties; the reader stays where it is. */
  readonly form?: ReactNode;
};

const listRange = { least: 260, most: 560, usual: 360 };

/**
 * List | reader | properties, or reader | form. F11 hides list and properties. The reader is the same element in both,
 * so that a page stays in view while a form opens beside it.
 */
export function Panes({ screen, list, reader, properties, form }: Properties) {
  const hidden = usePanesHidden();
  const [width, setWidth] = useWidth(screen);
  const withForm = form !== undefined;
  const showList = !withForm && !hidden && list !== undefined;
  const showProperties = !withForm && !hidden && properties !== undefined;
  return (
    <div className="cv-panes">
      {showList ? (
        <>
          <section className="cv-pane" style={{ width }} aria-label={t.common.frame.list}>
            {list}
          </section>
          <Divider width={width} onChange={setWidth} />
        </>
      ) : null}
      <section key="reader" className="cv-pane cv-pane-reader" aria-label={t.common.frame.reader}>
        {reader}
      </section>
      {showProperties ? (
        <section className="cv-pane cv-pane-properties" aria-label={t.common.frame.properties}>
          {properties}
        </section>
      ) : null}
      {withForm ? (
        <section className="cv-pane cv-pane-form" aria-label={t.common.frame.form}>
          {form}
        </section>
      ) : null}
    </div>
  );
}

function Divider({
  width,
  onChange,
}: {
  readonly width: number;
  readonly onChange: (width: number) => void;
}) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0;
    if (step === 0) return;
    event.preventDefault();
    onChange(width + step);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (start.current !== null) onChange(start.current.width + event.clientX - start.current.x);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a focusable separator is a widget (ARIA 1.2)
    <div
      className="cv-divider"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t.common.frame.resizeList}
      aria-valuenow={width}
      aria-valuemin={listRange.least}
      aria-valuemax={listRange.most}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}

/** Remembered per screen and width of the monitor. */
function useWidth(screen: string): readonly [number, (width: number) => void] {
  const key = `cong-van.list.${screen}.${globalThis.screen.width}`;
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(key) ?? listRange.usual)));
  return [
    width,
    (next) => {
      const kept = clamp(next);
      setWidth(kept);
      localStorage.setItem(key, String(kept));
    },
  ];
}

function clamp(width: number): number {
  if (Number.isNaN(width)) return listRange.usual;
  return Math.max(listRange.least, Math.min(listRange.most, Math.round(width)));
}
