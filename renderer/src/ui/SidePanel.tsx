import type { ReactNode } from 'react';

/** A pane with a fixed head, a scrolling body and a fixed foot for its actions. */
export function SidePanel({
  title,
  head,
  foot,
  children,
}: {
  readonly title: string;
  readonly head?: ReactNode;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="cv-panel">
      <header className="cv-panel-head">
        <h2>{title}</h2>
        {head}
      </header>
      <div className="cv-panel-body">{children}</div>
      {foot === undefined ? null : <footer className="cv-panel-foot">{foot}</footer>}
    </div>
  );
}
