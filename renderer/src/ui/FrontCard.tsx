import type { ReactNode } from 'react';
import './front.css';

/** A screen before the frame (sign-in, rescue): one card in the middle; `beside` is what lies outside of the card. */
export function FrontCard({
  wide = false,
  beside,
  children,
}: {
  readonly wide?: boolean;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main className="cv-front">
      <div className="cv-front-card" data-wide={wide ? '' : undefined}>
        {children}
      </div>
      {beside}
    </main>
  );
}

/** The head of such a card: what this is a part of, and what it is. */
export function FrontHead({
  above,
  title,
  why,
}: {
  readonly above: string;
  readonly title: string;
  readonly why?: string;
}) {
  return (
    <header>
      <p className="cv-front-above">{above}</p>
      <h1>{title}</h1>
      {why === undefined ? null : <p className="cv-soft">{why}</p>}
    </header>
  );
}
